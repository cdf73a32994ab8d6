import type { Condition } from './descriptors.ts';

/** The location of a value in a dispatch condition. */
export type ConditionPlace = {
  readonly in: 'query' | 'header' | 'form' | 'body';
  /** The name. For a property of a JSON body, it is a JSON Pointer. */
  readonly name: string;
};

/** The location of the value that a dispatch condition compares. */
export function placeOf(condition: Condition): ConditionPlace {
  if ('query' in condition) return { in: 'query', name: condition.query };
  if ('header' in condition) return { in: 'header', name: condition.header };
  return 'form' in condition ? { in: 'form', name: condition.form } : { in: 'body', name: condition.body };
}

/** Names of the query parameters that conditions set. Callers do not pass them. */
export const fixedQuery = (when: readonly Condition[] = []): readonly string[] =>
  when.flatMap((condition) => ('equals' in condition && 'query' in condition ? [condition.query] : []));

const label = ({ in: place, name }: ConditionPlace): string =>
  place === 'query'
    ? name
    : place === 'body'
      ? `member ${name}`
      : place === 'form'
        ? `field ${name}`
        : `header ${name}`;

/** A short description of a condition: `action=balance`, `header X-Event=push`, `no member /type`. */
export function describeCondition(condition: Condition): string {
  const name = label(placeOf(condition));
  if ('equals' in condition) return `${name}=${condition.equals}`;
  return 'present' in condition ? name : `no ${name}`;
}

/**
 * Whether no request can fulfil both conditions. A body is JSON or a form, so a condition on one excludes a condition
 * on the other.
 */
export function exclude(one: Condition, other: Condition): boolean {
  const [a, b] = [placeOf(one), placeOf(other)];
  const kinds = [a.in, b.in].sort().join();
  if (kinds === 'body,form') return !('absent' in one) && !('absent' in other);
  const isHeader = a.in === 'header';
  const same = isHeader ? a.name.toLowerCase() === b.name.toLowerCase() : a.name === b.name;
  if (a.in !== b.in || !same) return false;
  if ('equals' in one && 'equals' in other) return one.equals !== other.equals;
  return 'absent' in one !== 'absent' in other;
}
