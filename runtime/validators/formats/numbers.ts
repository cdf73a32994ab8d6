import { type Format, numberFormat } from '../format.ts';

const LARGEST_FLOAT = 3.4028234663852886e38;

export const int32: Format<number> = /* @__PURE__ */ numberFormat('int32', (value) => {
  return Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 31;
});
/** Whole and within 64 bits; 2^63 - 1 has no double of its own and is read as 2^63. */
export const int64: Format<number> = /* @__PURE__ */ numberFormat('int64', (value) => {
  return Number.isInteger(value) && value >= -(2 ** 63) && value <= 2 ** 63;
});
/** Within the range of single precision. */
export const float: Format<number> = /* @__PURE__ */ numberFormat('float', (value) => Math.abs(value) <= LARGEST_FLOAT);
export const double: Format<number> = /* @__PURE__ */ numberFormat('double', Number.isFinite);
