import { matchMediaType } from '../contract/index.ts';
import { JSON_TYPE } from './to-body.ts';
import type { DeclaredAnswer, MockOperation } from './types.ts';

type ByAccept = Map<string, MockOperation>;
const made = new WeakMap<MockOperation, ByAccept>();
/** Headers that are remembered of one operation; clients send few different ones. */
const MOST = 50;

/** Answers in a media type that the caller accepts first, in the order that it names them; JSON where it names none. */
export function orderByAccept(operation: MockOperation, accept: string | null): MockOperation {
  const key = accept ?? '*/*';
  const known = made.get(operation) ?? new Map<string, MockOperation>();
  made.set(operation, known);
  const ordered = known.get(key) ?? order(operation, key);
  if (known.size < MOST) known.set(key, ordered);
  return ordered;
}

function order(operation: MockOperation, accept: string): MockOperation {
  const wanted = accept.split(',').map((part) => (part.split(';')[0] ?? '').trim());
  const rank = ({ mediaType }: DeclaredAnswer): number => {
    const at = wanted.findIndex((range) => mediaType !== undefined && matchMediaType(mediaType, [range]) !== undefined);
    return (at < 0 ? wanted.length : at) + (JSON_TYPE.test(mediaType ?? '') ? 0 : 0.5);
  };
  return { ...operation, answers: operation.answers.toSorted((a, b) => rank(a) - rank(b)) };
}
