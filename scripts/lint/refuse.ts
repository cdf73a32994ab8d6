import type { Diagnostic } from '../common/diagnostics/diagnostic.ts';
import { toPointer } from '../common/document/pointer.ts';
import type { LoadedSpec } from '../load/types.ts';

/**
 * Reports documents that Redocly cannot walk: its stack overflows on very long chains of schemas, and it calls
 * `hasOwnProperty` on objects of the document. Any other exception is a bug and is rethrown.
 */
export function refuse(error: unknown, spec: LoadedSpec): Diagnostic {
  const common = { severity: 'error', code: 'document-refused' } as const;
  if (error instanceof RangeError) {
    const message = 'The chain of schema references is too long to follow.';
    const at = spec.sources.get(spec.path)?.locate('/components/schemas', 'key') ?? start(spec);
    return {
      ...common,
      message,
      help: 'Shorten the chain: reduce the number of schemas that are reachable only through other schemas.',
      at,
    };
  }
  const place = error instanceof TypeError ? findMember(spec, 'hasOwnProperty') : undefined;
  if (!place) throw error;
  const message = 'A property name in the document cannot be checked.';
  return { ...common, message, help: 'Rename or remove the property.', ...place };
}

function findMember(spec: LoadedSpec, name: string): Pick<Diagnostic, 'at' | 'pointer'> | undefined {
  for (const file of spec.sources.values()) {
    const open: { readonly value: unknown; readonly pointer: string }[] = [{ value: file.value, pointer: '' }];
    for (let next = open.pop(); next; next = open.pop()) {
      if (typeof next.value !== 'object' || next.value === null) continue;
      if (Object.hasOwn(next.value, name)) {
        const pointer = next.pointer + toPointer([name]);
        return { at: file.locate(pointer, 'key'), pointer };
      }
      for (const [key, value] of Object.entries(next.value))
        open.push({ value, pointer: next.pointer + toPointer([key]) });
    }
  }
  return undefined;
}

function start({ file }: LoadedSpec): Diagnostic['at'] {
  return { file, line: 1, column: 1 };
}
