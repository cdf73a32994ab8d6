import type { Validator } from '../../contract/index.ts';
import { type LostDigits, lostDigits } from '../digits/lost-digits.ts';
import { readInt64, writeInt64 } from './convert.ts';
import { int64Text } from './json-text.ts';

export { int64Bigint, int64String } from './schemas.ts';

/** Reads and writes 64-bit integers that are not JavaScript numbers. */
export const int64Values = { read: readInt64, write: writeInt64, text: int64Text };

/** Runs `lostDigits` for a value whose 64-bit integers keep all their digits. */
export function lostDigitsBeside(text: string, validator: Validator): readonly LostDigits[] {
  return lostDigits(text, validator, (changed) => readInt64(JSON.parse(changed), validator, changed));
}
