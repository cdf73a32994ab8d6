import { MalformedMultipart } from '../bodies/index.ts';
import { type PartsDescriptor, toPointer } from '../contract/index.ts';
import { BadInputError } from './bad-input.ts';
import type { Call } from './call.ts';
import { type PartsContext, readPartsInOrder } from './read-parts.ts';
import type { RowOptions } from './read-rows.ts';
import { invalidRequest, Refusal } from './refusal.ts';
import { check } from './validate.ts';

/**
 * Yields the parts of a multipart stream in a request as they arrive, each validated. At most one part is in memory,
 * and large files are on disk.
 * @throws {BadInputError} for a part that is too large or violates the contract, and for a body that is not multipart
 * data
 */
export async function* readPartRows(
  call: Call,
  contentType: string,
  parts: PartsDescriptor,
  { validator, int64, mode, faults }: RowOptions,
): AsyncGenerator<unknown> {
  const tooLarge = () =>
    new BadInputError(new Refusal(faults.tooLarge, `a part of the body must be at most ${call.bodyLimit} bytes`));
  const contextOf = (): PartsContext => ({
    budget: { memory: call.bodyLimit, spools: call.spools, tooLarge },
    xml: call.xml,
  });
  let place = 0;
  try {
    for await (const part of readPartsInOrder(call.chunks(), contentType, parts, contextOf)) {
      const row = validator && int64 ? int64.read(part, validator) : part;
      const checked = validator && mode !== 'off' ? await check(validator, row, `/${place}`) : { value: row };
      if (checked.flaws && mode === 'throw') throw new BadInputError(invalidRequest(faults.invalid, checked.flaws));
      if (checked.flaws) call.logger.warn?.({ flaws: checked.flaws }, 'the request does not match the contract');
      yield checked.flaws ? row : checked.value;
      place += 1;
    }
  } catch (error) {
    if (error instanceof MalformedMultipart) {
      const at = error.at.length > 0 ? error.at : [place];
      throw new BadInputError(new Refusal(faults.invalid, `${toPointer(at)}: must be valid multipart data`));
    }
    throw error;
  }
}
