import { isAsyncIterable } from '../bodies/index.ts';
import { isPending } from './after.ts';

/** Validates one value of a stream, and returns the value to send. */
export type RowCheck = (row: unknown, place: number) => unknown | PromiseLike<unknown>;

async function* checked(rows: AsyncIterable<unknown>, check: RowCheck): AsyncGenerator<unknown> {
  let place = 0;
  for await (const row of rows) {
    yield await check(row, place);
    place += 1;
  }
}

/**
 * Validates the rows of a response with JSON lines before they are sent. A list is validated as a whole, a stream row
 * by row.
 */
export function checkRows(body: unknown, check: RowCheck): unknown | PromiseLike<unknown> {
  if (isAsyncIterable(body) && !(body instanceof ReadableStream)) return checked(body, check);
  if (!Array.isArray(body)) return body;
  const rows = body.map(check);
  return rows.some(isPending) ? Promise.all(rows) : rows;
}

/**
 * Returns an event with its `id` and `retry`, even if its schema does not declare them. Readers need both to reconnect.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export function withEventFields(event: unknown, given: unknown): unknown {
  if (typeof event !== 'object' || event === null || typeof given !== 'object' || given === null) return event;
  const { id, retry } = given as { readonly id?: unknown; readonly retry?: unknown };
  return { ...(typeof id === 'string' && { id }), ...(typeof retry === 'number' && { retry }), ...event };
}
