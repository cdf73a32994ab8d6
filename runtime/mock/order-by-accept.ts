import { matchMediaType } from '../contract/index.ts';
import { weightOf } from '../server/negotiate.ts';
import { JSON_TYPE } from './to-body.ts';
import type { DeclaredResponse, MockOperation } from './types.ts';

type ByAccept = Map<string, MockOperation>;
const made = new WeakMap<MockOperation, ByAccept>();
/** Maximum number of headers that are cached per operation. Clients send few different ones. */
const MOST = 50;

/** Sorts responses by the media types of `Accept`, in its order. Without a preference, JSON is first. */
export function orderByAccept(operation: MockOperation, accept: string | null): MockOperation {
  const key = accept ?? '*/*';
  const known = made.get(operation) ?? new Map<string, MockOperation>();
  made.set(operation, known);
  const ordered = known.get(key) ?? order(operation, key);
  if (known.size < MOST) known.set(key, ordered);
  return ordered;
}

type Range = { readonly type: string; readonly at: number };

/** Sorts by weight, then by specificity of the range, then in the order of the caller (RFC 9110, section 12.5.1). */
function order(operation: MockOperation, accept: string): MockOperation {
  const ranges = accept.split(',').flatMap((part, at): Range[] => {
    const [type = ''] = part.split(';').map((text) => text.trim());
    return type === '' ? [] : [{ type, at }];
  });
  const preference = ({ mediaType = '' }: DeclaredResponse): readonly [weight: number, at: number] => {
    const fitting = ranges.filter(({ type }) => matchMediaType(mediaType, [type]) !== undefined);
    const [best] = fitting.toSorted((a, b) => exactness(b.type) - exactness(a.type));
    return best ? [weightOf(accept, mediaType), best.at] : [0, ranges.length];
  };
  const rank = (response: DeclaredResponse): readonly number[] => {
    const [weight, at] = preference(response);
    return [-weight, at, JSON_TYPE.test(response.mediaType ?? '') ? 0 : 1];
  };
  return { ...operation, responses: operation.responses.toSorted((a, b) => compare(rank(a), rank(b))) };
}

const exactness = (range: string): number => (range === '*/*' ? 0 : range.endsWith('/*') ? 1 : 2);

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
