import { readLines } from '../bodies/index.ts';
import type { Code, OperationValidators, Validator } from '../contract/index.ts';
import { BadInputError } from './bad-input.ts';
import type { Call } from './call.ts';
import { checkExact, isSuspect } from './exact-json.ts';
import { invalidRequest, Refusal } from './refusal.ts';
import type { ValidationMode } from './types.ts';
import { type Checked, check } from './validate.ts';

/** How the rows of a streamed body are read and checked. */
export type RowOptions = {
  readonly validator: Validator | undefined;
  readonly int64: OperationValidators['int64'];
  readonly mode: ValidationMode;
  readonly faults: { readonly invalid: Code; readonly tooLarge: Code };
};

/**
 * Yields the values of JSON lines in a request as they arrive, each validated. At most one line is in memory.
 * @throws {BadInputError} for a line that is too long, is not JSON, or violates the contract
 */
export async function* readRows(
  call: Call,
  mediaType: string,
  { validator, int64, mode, faults }: RowOptions,
): AsyncGenerator<unknown> {
  const tooLong = () =>
    new BadInputError(new Refusal(faults.tooLarge, `a line of the body must be at most ${call.bodyLimit} bytes`));
  let place = 0;
  for await (const line of readLines(call.chunks(), mediaType, call.bodyLimit, tooLong)) {
    let row: unknown;
    try {
      row = JSON.parse(line);
    } catch {
      throw new BadInputError(invalidRequest(faults.invalid, [{ at: `/${place}`, message: 'must be valid JSON' }]));
    }
    if (validator && int64) row = int64.read(row, validator, line);
    const checked =
      validator && mode !== 'off'
        ? await checkRow({ validator, value: row, text: line, part: `/${place}`, int64 })
        : { value: row };
    if (checked.flaws && mode === 'throw') throw new BadInputError(invalidRequest(faults.invalid, checked.flaws));
    if (checked.flaws) call.logger.warn?.({ flaws: checked.flaws }, 'the request does not match the contract');
    yield checked.flaws ? row : checked.value;
    place += 1;
  }
}

/** Validates one row and rejects numbers that lost digits. */
export async function checkRow(given: Parameters<typeof checkExact>[1]): Promise<Checked> {
  const checked = await check(given.validator, given.value, given.part);
  return isSuspect(given.text) ? checkExact(checked, given) : checked;
}
