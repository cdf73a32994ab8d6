// The first part loads this file: what it takes from the validators is in no client's first chunk.
export { coerceMember as coerce } from '../validators/coerce.ts';
export { parseExact as parse } from '../validators/digits/parse-exact.ts';
