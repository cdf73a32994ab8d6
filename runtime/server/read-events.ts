import { eventText, readEvents, readLines, withData } from '../bodies/index.ts';
import type { EventData } from '../contract/index.ts';
import { BadInputError } from './bad-input.ts';
import type { Call } from './call.ts';
import { checkRow, type RowOptions } from './read-rows.ts';
import { invalidRequest, Refusal } from './refusal.ts';
import type { Checked } from './validate.ts';

/**
 * Yields the server-sent events of a request as they arrive, each validated. At most one event is in memory.
 * @throws {BadInputError} for a line that is too long, or an event that violates the contract
 */
export async function* readEventRows(
  call: Call,
  mediaType: string,
  data: EventData,
  { validator, int64, mode, faults }: RowOptions,
): AsyncGenerator<unknown> {
  const tooLong = () =>
    new BadInputError(new Refusal(faults.tooLarge, `a line of the body must be at most ${call.bodyLimit} bytes`));
  let place = 0;
  for await (const event of readEvents(readLines(call.chunks(), mediaType, call.bodyLimit, tooLong))) {
    const part = `/${place}`;
    const read = (value: object, text?: string): unknown =>
      validator && int64 ? int64.read(value, validator, text) : value;
    const judge = async (value: unknown, text = ''): Promise<Checked> =>
      validator && mode !== 'off' ? checkRow({ validator, value, text, part, int64 }) : { value };
    const parsed = withData(event, data);
    const text = parsed === event ? undefined : eventText(event);
    let row = read(parsed, text);
    let checked = await judge(row, text);
    if (checked.flaws && data === 'mixed') {
      // Data that looks like JSON may be intended as text.
      const asText = await judge(read(event));
      if (!asText.flaws) [row, checked] = [event, asText];
    }
    if (checked.flaws && mode === 'throw') throw new BadInputError(invalidRequest(faults.invalid, checked.flaws));
    if (checked.flaws) call.logger.warn?.({ flaws: checked.flaws }, 'input breaks the contract');
    yield checked.flaws ? row : checked.value;
    place += 1;
  }
}
