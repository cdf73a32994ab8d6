import type { Code } from '@countersign/runtime/contract';
import type { Api } from '../../model/types.ts';

/**
 * The code as a value. Keys of a YAML map are strings, but a response contains `422` or `'00'`. The operations declare
 * which.
 */
export function codeValue(api: Api, key: string): Code {
  const written = api.operations.flatMap(({ descriptor }) => descriptor.codes).find((code) => String(code) === key);
  if (written !== undefined) return written;
  return /^(0|-?[1-9]\d*)$/.test(key) ? Number(key) : key;
}
