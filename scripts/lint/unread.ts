import type { Diagnostic } from '../common/diagnostics/diagnostic.ts';
import { valueAt } from '../common/document/pointer.ts';
import type { LoadedSpec } from '../load/types.ts';

/**
 * Removes the consequences of an error of form. A part that is not read, such as an operation below an unknown method,
 * uses its components nevertheless. An example cannot be checked against a schema that is not valid.
 */
export function withoutUnread(found: readonly Diagnostic[], spec: LoadedSpec): Diagnostic[] {
  const files = new Map([...spec.sources.values()].map((file) => [file.display, file.value]));
  const wrong = found.filter(({ code }) => code === 'struct');
  const isUnread = wrong.some(({ at, pointer = '' }) => mayRefer(valueAt(files.get(at.file), pointer)));
  const isMisspelled = found.some(({ code }) => code === 'security-defined');
  return found.filter(({ code, message, pointer = '' }) => {
    if (code === 'no-unused-components')
      return !isUnread && !(isMisspelled && pointer.startsWith('/components/securitySchemes/'));
    return wrong.length === 0 || !message.startsWith('Example validation errored');
  });
}

/** An empty value may be a part that is not written yet. */
function mayRefer(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value !== 'object') return false;
  return '$ref' in value || 'security' in value || Object.values(value).some((each) => each !== null && mayRefer(each));
}
