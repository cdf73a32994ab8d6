/** What generated `validators.ts` imports: JSON Schema's meaning where zod's differs or has none. */
export { describeAlternatives } from './alternatives.ts';
export { format, length, multipleOf, required } from './checks.ts';
export { coerce, coerceEntries, coerceMember } from './coerce.ts';
export { lazy } from './depth.ts';
export { LOSES_DIGITS, type LostDigits, lostDigits } from './digits/lost-digits.ts';
export { parseExact } from './digits/parse-exact.ts';
export type { Format } from './format.ts';
export * from './formats/index.ts';
export { int64Bigint, int64String, int64Values, lostDigitsBeside } from './int64/index.ts';
export { integer } from './integer.ts';
export { binary, defaulted, literals, open, optional, without } from './members.ts';
export { addExtensions, type Extension } from './named/extensions.ts';
export { keepNamed, type UnknownKeys } from './named/index.ts';
export type { Keywords, Node } from './node.ts';
export { type HeaderShape, type ResponseHeaders, responseHeaders } from './response-headers.ts';
export { type Exact, schema, typed } from './schema.ts';
export { withKeywords } from './with-keywords.ts';
