// The first part loads this file, so the first chunk of a client does not contain this code of the validators.
export { coerceMember as coerce } from '../validators/coerce.ts';
export { parseExact as parse } from '../validators/digits/parse-exact.ts';
