/**
 * Compiles a `pattern` with the Unicode flag, as JSON Schema recommends, or else without it, because many documents
 * have unnecessary escapes (`\-`, `\_`).
 *
 * @throws {SyntaxError} if the pattern is invalid in both modes
 * @see https://json-schema.org/draft/2020-12/json-schema-core#name-regular-expressions
 */
export function compilePattern(source: string): RegExp {
  try {
    return new RegExp(source, 'u');
  } catch {
    return new RegExp(source);
  }
}
