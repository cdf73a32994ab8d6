/**
 * Helpers of the compiled checks in generated `validators.ts`. Their names are short, because each is written thousands
 * of times.
 */
export { compiled } from './compiled.ts';
export { unlikely } from './judged-elsewhere.ts';
export { isListed, isSame, isSized, lengthIs, multiple, onlyOne, unique } from './keywords.ts';
export { atMost, filled, isAbsent, isPlain, namesAre, present, unnamed } from './members.ts';
export {
  isArray,
  isBoolean,
  isInt32,
  isInteger,
  isNumber,
  isObject,
  isSafeInteger,
  isString,
  type Members,
} from './types.ts';
