import type { Code } from '@countersign/runtime/contract';
import type { Api } from '../../model/types.ts';

/** The code as a value: keys of a YAML map are text, the wire has `422` or `'00'`; operations say which. */
export function codeValue(api: Api, key: string): Code {
  const written = api.operations.flatMap(({ descriptor }) => descriptor.codes).find((code) => String(code) === key);
  if (written !== undefined) return written;
  return /^(0|-?[1-9]\d*)$/.test(key) ? Number(key) : key;
}
