/**
 * The regular expression of a `pattern`: with Unicode, as JSON Schema recommends, otherwise without, because many
 * documents have unnecessary escapes (`\-`, `\_`).
 *
 * @throws {SyntaxError} if it is neither.
 * @see https://json-schema.org/draft/2020-12/json-schema-core#name-regular-expressions
 */
export function compilePattern(source: string): RegExp {
  try {
    return new RegExp(source, 'u');
  } catch {
    return new RegExp(source);
  }
}
