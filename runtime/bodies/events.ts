import type { EventData } from '../contract/index.ts';
import { jsonText } from './json-text.ts';

/** The fields of one server-sent event that are present, as received. */
export type EventFields = {
  readonly event?: string;
  readonly data: string;
  readonly id?: string;
  /** Milliseconds to wait before reconnecting. */
  readonly retry?: number;
};

/** Values that apply until an event states them again. */
type LastStated = { id?: string; retry?: number };

type Open = { -readonly [Field in keyof EventFields]?: EventFields[Field] };

/**
 * Parses the events of `text/event-stream` from its lines. Comments, unknown fields and events without data are
 * omitted.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 *
 * @param last receives the most recent id and retry time, also from events without data
 */
export async function* readEvents(lines: AsyncIterable<string>, last: LastStated = {}): AsyncGenerator<EventFields> {
  let fields: Open = {};
  for await (const line of lines) {
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (line === '') {
      const { data, ...others } = fields;
      if (data !== undefined) yield { ...others, data };
      fields = {};
    } else if (field === 'data') fields.data = fields.data === undefined ? value : `${fields.data}\n${value}`;
    else if (field === 'event') {
      // An empty name means that the event has no name.
      if (value) fields.event = value;
      else delete fields.event;
    } else if (field === 'id' && !value.includes('\0')) last.id = fields.id = value;
    else if (field === 'retry' && /^\d+$/.test(value)) last.retry = fields.retry = Number(value);
  }
}

/** Returns an event with parsed data, if the contract declares JSON. Text that is not JSON stays text. */
export function withData(event: EventFields, data: EventData): object {
  if (data === 'text') return event;
  try {
    return { ...event, data: JSON.parse(event.data) };
  } catch {
    return event;
  }
}

/** The JSON text of an event whose data is JSON. Only a text contains every digit of a number. */
export const eventText = ({ data, ...fields }: EventFields): string =>
  `{"data":${data}${Object.entries(fields)
    .map(([name, value]) => `,"${name}":${JSON.stringify(value)}`)
    .join('')}}`;

const EVENT_FIELDS = ['event', 'id', 'retry'] as const;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Whether an item is an event. Rows often have an `id`, so an object with additional properties is data. */
function isEvent(item: unknown): item is Record<string, unknown> {
  if (!isRecord(item)) return false;
  const names = Object.keys(item);
  const isBare = names.length > 0 && names.every((name) => name === 'id' || name === 'retry');
  return 'data' in item || 'event' in item || isBare;
}

/**
 * Writes one server-sent event. A text becomes its `data`. An object with `event` or `data`, or with only `id` and
 * `retry`, is an event. Any other value becomes JSON data.
 *
 * @param data `json`: the data of an event is JSON, even if it is a string
 */
export function formatEvent(item: unknown, data: EventData = 'mixed'): string {
  const event = isEvent(item) ? item : { data: item };
  let text = '';
  for (const field of EVENT_FIELDS) {
    const value = event[field];
    // A line break would begin another field.
    if (value !== undefined) text += `${field}: ${String(value).replace(/[\r\n\0]+/g, ' ')}\n`;
  }
  // With an empty `data`, listeners would receive an event that only sets `retry`.
  if (event['data'] === undefined && event['event'] === undefined) return `${text}\n`;
  const isText = typeof event['data'] === 'string' && data !== 'json';
  const value = isText ? (event['data'] as string) : jsonText(event['data']);
  for (const line of (value ?? '').split(/\r\n|\r|\n/)) text += `data: ${line}\n`;
  return `${text}\n`;
}
