/**
 * The regular expression of a `pattern`: with Unicode, as JSON Schema recommends, else without, since many documents
 * escape what needs no escape (`\-`, `\_`).
 *
 * @throws {SyntaxError} where it is neither.
 * @see https://json-schema.org/draft/2020-12/json-schema-core#name-regular-expressions
 */
export function compilePattern(source: string): RegExp {
  try {
    return new RegExp(source, 'u');
  } catch {
    return new RegExp(source);
  }
}
