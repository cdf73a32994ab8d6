import type { ByteStream, OperationDescriptor } from '@countersign/runtime/contract';
import { kindOf, matchMediaType } from '@countersign/runtime/contract';
import { readXml } from '@countersign/runtime/xml';
import type { MockBody, ResolverConfig } from '@typespec/spec-api';
import { createParser } from 'eventsource-parser';

function rawOf({ rawContent = '' }: MockBody, config: ResolverConfig): string | Buffer {
  return typeof rawContent === 'string' || Buffer.isBuffer(rawContent) ? rawContent : rawContent.serialize(config);
}

export const textOf = (body: MockBody, config: ResolverConfig): string => rawOf(body, config).toString();

export const bytesOf = (body: MockBody, config: ResolverConfig): Buffer => Buffer.from(rawOf(body, config));

/** The rows of JSON lines. */
export const linesOf = (text: string): readonly unknown[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

/** The events of a stream, read by a parser that is not ours. Data that is JSON is parsed, as `contentMediaType` says. */
export function eventsOf(text: string): readonly object[] {
  const events: object[] = [];
  let retry: number | undefined;
  const parser = createParser({
    onRetry: (value) => {
      retry = value;
    },
    onEvent: ({ event, id, data }) => {
      const sent = { event, id, retry };
      const given = Object.entries(sent).filter(([, value]) => value !== undefined);
      events.push({ ...Object.fromEntries(given), data: parsed(data) });
      retry = undefined;
    },
  });
  parser.feed(text);
  return events;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Converts a value that can be read only once to one that can be read repeatedly. */
export async function settle(value: unknown): Promise<unknown> {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof File) return new File([await value.arrayBuffer()], value.name, { type: value.type });
  if (value instanceof Blob || value instanceof Uint8Array) return value;
  if ('stream' in value && 'bytes' in value) {
    const file = value as ByteStream;
    return new Blob([await file.arrayBuffer()], { type: file.type });
  }
  if (Symbol.asyncIterator in value) {
    const items: unknown[] = [];
    for await (const item of value as AsyncIterable<unknown>) items.push(item);
    return items;
  }
  if (Array.isArray(value)) return Promise.all(value.map(settle));
  const entries = await Promise.all(Object.entries(value).map(async ([key, item]) => [key, await settle(item)]));
  return Object.fromEntries(entries);
}

/** The body of a response of the suite, with the type of the contract. */
export function typedBody(
  body: MockBody,
  status: number,
  operation: OperationDescriptor,
  config: ResolverConfig,
): unknown {
  const text = textOf(body, config);
  switch (kindOf(body.contentType)) {
    case 'json':
      return JSON.parse(text);
    case 'lines':
      return linesOf(text);
    case 'events':
      return eventsOf(text);
    case 'binary':
      return new Blob([new Uint8Array(bytesOf(body, config))], { type: body.contentType });
    default: {
      const declared = responseOf(operation, status);
      const type = matchMediaType(body.contentType, declared?.content ?? []);
      const root = type === undefined ? undefined : declared?.xml?.[type];
      return root ? readXml(text, root) : text;
    }
  }
}

/** The declared response for a status. */
export const responseOf = ({ responses }: OperationDescriptor, status: number) =>
  [String(status), `${String(status)[0]}XX`, 'default'].flatMap(
    (key) => responses.find((response) => response.status === key) ?? [],
  )[0];
