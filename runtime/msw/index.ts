import { jsonText } from '../bodies/json-text.ts';
import { type Condition, kindOf, type OperationDescriptor } from '../contract/index.ts';
import { findPath, type MatchedApi } from './find-path.ts';

export type { MatchedApi } from './find-path.ts';

/** A whole answer's body as the contract declares it for a status. */
export type DeclaredBody<Op, Status> = Op extends { readonly responses: infer Responses }
  ? Status extends keyof Responses
    ? Responses[Status] extends { readonly content: infer Content }
      ? Content[keyof Content]
      : undefined
    : never
  : never;

/**
 * For MSW: whether a request is for this operation, at whatever base URL. Of several paths that a request fits, the one
 * with concrete segments is meant (OpenAPI 3.1.1, section 4.8.8.2); operations of one path and method are told apart by
 * their query, as the provider does.
 */
export function matches(
  { path, when = [] }: OperationDescriptor,
  api: MatchedApi,
): (info: { readonly request: Request }) => boolean {
  return ({ request }) => {
    const { pathname, searchParams } = new URL(request.url);
    return findPath(api, pathname) === path && when.every((condition) => holds(condition, searchParams));
  };
}

function holds(condition: Condition, query: URLSearchParams): boolean {
  if ('absent' in condition) return !query.has(condition.query);
  if ('present' in condition) return query.has(condition.query);
  return query.get(condition.query) === condition.equals;
}

/**
 * A response as its media type carries it: JSON as text, texts as they are, bytes and streams untouched.
 *
 * @param mediaType undefined: a response without a body
 */
export function respond(mediaType: string | undefined): (value: unknown, init: ResponseInit) => Response {
  return (value, init) => {
    if (value instanceof Response) return value;
    if (mediaType === undefined || value === undefined) return new Response(null, init);
    const headers = new Headers(init.headers);
    headers.set('content-type', mediaType);
    return new Response(toBody(value, mediaType), { ...init, headers });
  };
}

function toBody(value: unknown, mediaType: string): BodyInit {
  if (value instanceof Blob || value instanceof ReadableStream || value instanceof ArrayBuffer) return value;
  if (ArrayBuffer.isView(value)) return value as BodyInit;
  if (kindOf(mediaType) !== 'json' && typeof value === 'string') return value;
  return jsonText(value);
}
