import { isAsyncIterable } from '../bodies/json-lines.ts';
import { jsonText } from '../bodies/json-text.ts';
import type { Content } from '../contract/body-types.ts';
import {
  type Condition,
  type ConditionPlace,
  kindOf,
  matchMediaType,
  type OperationDescriptor,
  type OperationValidators,
  pathShape,
  placeOf,
  typeInRange,
  valueAt,
  withoutFragment,
} from '../contract/index.ts';
import { findPath, type MatchedApi } from './find-path.ts';

export type { MatchedApi } from './find-path.ts';

/**
 * The whole response body that the contract declares for a status. JSON lines, events and parts by position may be a
 * list or an async iterable of items, as in a handler of the server.
 */
export type DeclaredBody<Op, Status> = Op extends { readonly responses: infer Responses }
  ? Status extends keyof Responses
    ? Responses[Status] extends { readonly content: infer Declared }
      ? Declared[keyof Declared] | Exclude<Content<Declared, 'returned'>, FormData>
      : undefined
    : never
  : never;

/**
 * Whether a request that MSW intercepted is for this operation, at any base URL. If several paths match, the one with
 * concrete segments wins (OpenAPI 3.1.1, section 4.8.8.2). Query, headers or body distinguish operations with the same
 * path and method, as on the provider's server.
 */
export function matches(
  { path, method, when = [] }: OperationDescriptor,
  api: MatchedApi,
): (info: { readonly request: Request }) => boolean | Promise<boolean> {
  const shape = pathShape(path);
  const preferred = when.length > 0 ? [] : preferredTo(path, method, api);
  const needsBody = [when, ...preferred].flat().some((condition) => 'body' in condition || 'form' in condition);
  return ({ request }) => {
    const { pathname, searchParams } = new URL(request.url);
    if (findPath(api, pathname) !== shape) return false;
    const meetsAll = (conditions: readonly Condition[], body: unknown): boolean =>
      conditions.every((condition) => holds(condition, valueIn(placeOf(condition), request, searchParams, body)));
    const meets = (body: unknown): boolean =>
      meetsAll(when, body) && !preferred.some((conditions) => meetsAll(conditions, body));
    return needsBody ? readBody(request).then(meets) : meets(undefined);
  };
}

/**
 * The conditions of the operations that handle a request before one without conditions: those with conditions, and the
 * path itself before the same path with a fragment.
 */
function preferredTo(path: string, method: string, { operations }: MatchedApi): readonly (readonly Condition[])[] {
  const hasFragment = withoutFragment(path) !== path;
  return Object.values(operations).flatMap((other) => {
    if (other.method !== method || pathShape(other.path) !== pathShape(path)) return [];
    if (other.when?.length) return [other.when];
    return hasFragment && withoutFragment(other.path) === other.path ? [[]] : [];
  });
}

/** Reads JSON as a value, also if its media type is plain text, and a form as its fields. Undefined for other bodies. */
async function readBody(request: Request): Promise<unknown> {
  const text = await request.clone().text();
  const kind = kindOf(request.headers.get('content-type') ?? 'application/json');
  if (kind === 'form') return new URLSearchParams(text);
  try {
    return kind === 'json' || kind === 'text' ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

function valueIn(
  { in: place, name }: ConditionPlace,
  request: Request,
  query: URLSearchParams,
  body: unknown,
): unknown {
  if (place === 'query') return query.get(name) ?? undefined;
  if (place === 'header') return request.headers.get(name) ?? undefined;
  if (place === 'form') return body instanceof URLSearchParams ? (body.get(name) ?? undefined) : undefined;
  return (body instanceof URLSearchParams ? undefined : valueAt(body, name)) ?? undefined;
}

function holds(condition: Condition, value: unknown): boolean {
  if ('absent' in condition) return value === undefined;
  return 'present' in condition ? value !== undefined : value === condition.equals;
}

/**
 * Creates a response with a body in its media type. JSON is written as text. Texts, bytes and streams are sent
 * unchanged.
 *
 * @param mediaType undefined: a response without a body
 * @param required headers that the contract requires; headers of a handler override them
 * @param validators the validators of the operation, if its 64-bit integers are texts here and numbers on the wire
 * @param checked what the validator of a sequence validates: each item, or the list
 * @param writeItems only for media types that are sequences: writes a list or a stream of items
 */
export function respond(
  mediaType: string | undefined,
  required: Readonly<Record<string, string>> = {},
  validators?: OperationValidators,
  writeItems?: (value: unknown) => { readonly body: BodyInit; readonly mediaType: string } | undefined,
  checked: 'list' | 'items' = 'items',
): (value: unknown, init: ResponseInit) => Response {
  return (value, init) => {
    if (value instanceof Response) return value;
    const headers = new Headers(required);
    for (const [name, text] of new Headers(init.headers)) headers.set(name, text);
    if (mediaType === undefined || value === undefined) return new Response(null, { ...init, headers });
    const { responses = {} } = validators ?? {};
    const byType = responses[`${init.status}`] ?? responses[`${`${init.status}`[0]}XX`] ?? responses['default'] ?? {};
    const validator = byType[matchMediaType(mediaType, Object.keys(byType)) ?? ''];
    const toWire = (held: unknown): unknown => (validator && validators?.int64?.write(held, validator)) ?? held;
    const items = writeItems?.(checked === 'list' ? toWire(value) : eachOf(value, toWire));
    headers.set('content-type', items?.mediaType ?? typeInRange(mediaType, value, false));
    return new Response(items ? items.body : toBody(toWire(value), mediaType), { ...init, headers });
  };
}

/** Converts each item of a list or a stream to the form in which it is sent. Any other value is converted as a whole. */
function eachOf(value: unknown, toWire: (item: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(toWire);
  if (value instanceof ReadableStream || !isAsyncIterable(value)) return value;
  return (async function* () {
    for await (const item of value) yield toWire(item);
  })();
}

/** A stream of the chunks of an iterable, such as a stream of Node. */
function streamOf(chunks: AsyncIterable<unknown>): ReadableStream {
  const iterator = chunks[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}

function toBody(value: unknown, mediaType: string): BodyInit {
  if (value instanceof Blob || value instanceof ReadableStream || value instanceof ArrayBuffer) return value;
  if (ArrayBuffer.isView(value)) return value as BodyInit;
  if (kindOf(mediaType) !== 'json' && typeof value === 'string') return value;
  if (isAsyncIterable(value)) return streamOf(value);
  return jsonText(value);
}
