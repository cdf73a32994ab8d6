import type { Condition, OperationDescriptor } from '../contract/index.ts';
import { firstOf, type Query } from './query.ts';

/** The operations of one path and method. */
export type Variants<T> = {
  /** The one that answers to every query, where there is one. */
  readonly plain: T | undefined;
  readonly conditional: readonly { readonly when: readonly Condition[]; readonly value: T }[];
};

/** Puts what is told apart by its query before what is not. */
export function toVariants<T extends { readonly operation: OperationDescriptor }>(routes: readonly T[]): Variants<T> {
  return {
    plain: routes.find(({ operation }) => !operation.when?.length),
    conditional: routes.flatMap((value) =>
      value.operation.when?.length ? [{ when: value.operation.when, value }] : [],
    ),
  };
}

/** The first variant whose conditions a query meets, else the plain one. */
export function pickVariant<T>({ plain, conditional }: Variants<T>, query: Query): T | undefined {
  for (const { when, value } of conditional) if (when.every((condition) => holds(condition, query))) return value;
  return plain;
}

/** What the caller could have asked, for the message that refuses it. */
export function describeVariants({ conditional }: Variants<unknown>): string {
  return conditional.map(({ when }) => when.map(describe).join(' and ')).join(', or ');
}

function holds(condition: Condition, query: Query): boolean {
  const { query: name } = condition;
  if ('absent' in condition) return firstOf(query, name) === undefined;
  if ('present' in condition) return firstOf(query, name) !== undefined;
  // Of two different values neither counts: who checks the other one would see another operation.
  let found = false;
  for (const [key, value] of query.pairs) {
    if (key !== name) continue;
    if (value !== condition.equals) return false;
    found = true;
  }
  return found;
}

function describe(condition: Condition): string {
  if ('equals' in condition) return `${condition.query}=${condition.equals}`;
  return 'present' in condition ? condition.query : `no ${condition.query}`;
}
