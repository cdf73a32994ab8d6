import { type Format, numberFormat } from '../format.ts';

const LARGEST_FLOAT = 3.4028234663852886e38;

/** `int32`: an integer of 32 bits, signed. */
export const int32: Format<number> = /* @__PURE__ */ numberFormat('int32', (value) => {
  return Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 31;
});
/**
 * `int64`: a whole number that JavaScript represents exactly. Beyond 2^53, the text may have contained a neighboring
 * number.
 */
export const int64: Format<number> = /* @__PURE__ */ numberFormat('int64', Number.isSafeInteger, (value) =>
  Number.isInteger(value) ? ': a number beyond 2^53 - 1 may have lost digits' : '',
);
/** `float`: a number within the range of single precision. */
export const float: Format<number> = /* @__PURE__ */ numberFormat('float', (value) => Math.abs(value) <= LARGEST_FLOAT);
/** `double`: a finite number of 64 bits. */
export const double: Format<number> = /* @__PURE__ */ numberFormat('double', Number.isFinite);
