import type { Diagnostic } from '../common/diagnostics/diagnostic.ts';
import { DUPLICATE_IDENTIFIER } from '../load/identifiers.ts';

/** Consequences of one error in other rules, by the code that describes it better. */
const echoes: { readonly [code: string]: readonly string[] } = {
  'schema-listed-items': ['struct'],
  'operation-parameters-unique': ['dispatch-parameter', 'dispatch-condition'],
};

/** Each error once, although both passes found it. */
export function withoutRepeats(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  const once = diagnostics.filter(({ code, at, message }) => {
    const key = JSON.stringify([code, at, message]);
    return !seen.has(key) && seen.add(key);
  });
  const places = new Set(once.map(({ code, at }) => JSON.stringify([code, at])));
  return once.filter(({ code, at }) => !echoes[code]?.some((better) => places.has(JSON.stringify([better, at]))));
}

/** If a reference is invalid, the object that contains it looks incomplete, and its intended target looks unused. */
export function withoutEchoes(found: readonly Diagnostic[], problems: readonly Diagnostic[]): Diagnostic[] {
  const wrong = problems.filter(({ severity }) => severity === 'error');
  if (wrong.length === 0) return [...found];
  const holders = new Set(wrong.map(({ at, pointer = '' }) => `${at.file} ${pointer.replace(/\/[^/]*$/, '')}`));
  return found.filter(
    ({ code, message, at, pointer }) =>
      code !== 'no-unused-components' &&
      !message.startsWith('Example validation errored') &&
      // While a `$ref` is hidden from Redocly, its key is `x-$ref`.
      !holders.has(`${at.file} ${pointer?.replace(/\/x-\$ref$/, '')}`),
  );
}

/** Redocly's examples are not checked where an identifier is ambiguous. Its report has the place of the example. */
export function withoutAmbiguous(found: readonly Diagnostic[]): Diagnostic[] {
  if (!found.some(({ code }) => code === DUPLICATE_IDENTIFIER)) return [...found];
  return found.filter(
    ({ message }) => !/^Example validation errored: .* resolves to more than one schema/.test(message),
  );
}
