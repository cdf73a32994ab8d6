// The first part loads this file: its code from the validators is not in a client's first chunk.
export { coerceMember as coerce } from '../validators/coerce.ts';
export { parseExact as parse } from '../validators/digits/parse-exact.ts';
