/** Length below which a value is short. Short values occur inside words and numbers of ordinary text. */
const SHORT = 4;

/**
 * The text with each value masked, in each of the forms that `formsOf` returns. A value of fewer than 4 characters is
 * masked only if no letter, digit or underscore is next to it: the secret `a` does not change `password`.
 */
export function maskText(
  text: string,
  values: Iterable<string>,
  mask: string,
  formsOf: (value: string) => readonly string[] = writtenForms,
): string {
  let masked = text;
  // Longer values are masked first, so that a value that contains another is masked as a whole.
  for (const value of [...values].sort((a, b) => b.length - a.length)) {
    if (value === '') continue;
    for (const form of new Set(formsOf(value)))
      masked = value.length < SHORT ? maskToken(masked, form, mask) : masked.replaceAll(form, mask);
  }
  return masked;
}

/** The forms in which a text may contain a value: unchanged, percent-encoded, and inside JSON. */
export const writtenForms = (value: string): readonly string[] => [
  value,
  encodeURIComponent(value.toWellFormed()),
  JSON.stringify(value).slice(1, -1),
];

const maskToken = (text: string, form: string, mask: string): string =>
  text.replace(
    new RegExp(`(?<![\\p{L}\\p{N}_])${form.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}(?![\\p{L}\\p{N}_])`, 'gu'),
    () => mask,
  );
