import {
  type Condition,
  describeCondition,
  kindOf,
  type OperationDescriptor,
  placeOf,
  valueAt,
} from '../contract/index.ts';
import { textOfBody } from '../signing/index.ts';
import { parseQuery, type Query } from './query.ts';

/** The operations of one path and method. */
export type Variants<T> = {
  /** The operation without conditions, if there is one. */
  readonly plain: T | undefined;
  readonly conditional: readonly { readonly when: readonly Condition[]; readonly value: T }[];
  /** Whether the body identifies the operation. */
  readonly needsBody: boolean;
};

/** The parts of a request that identify an operation. */
export type DispatchSource = {
  readonly query: Query;
  readonly header: (name: string) => string | null;
  /** The body after decompression. Undefined if no condition uses it. */
  readonly body?: Uint8Array | undefined;
};

/** Puts operations with conditions before those without. */
export function toVariants<T extends { readonly operation: OperationDescriptor }>(routes: readonly T[]): Variants<T> {
  const conditional = routes.flatMap((value) =>
    value.operation.when?.length ? [{ when: value.operation.when, value }] : [],
  );
  return {
    plain: routes.find(({ operation }) => !operation.when?.length),
    conditional,
    needsBody: conditional.some(({ when }) => when.some((condition) => 'body' in condition || 'form' in condition)),
  };
}

/** The first variant whose conditions match a request, or the plain operation. */
export function pickVariant<T>({ plain, conditional }: Variants<T>, source: DispatchSource): T | undefined {
  const valuesOf = compileValues(source);
  for (const { when, value } of conditional) if (when.every((condition) => holds(condition, valuesOf))) return value;
  return plain;
}

/** Describes the accepted requests, for the message of a rejection. */
export function describeVariants({ conditional }: Variants<unknown>): string {
  const isQuery = conditional.every(({ when }) => when.every((condition) => 'query' in condition));
  const shown = conditional.map(({ when }) => when.map(describeCondition).join(' and ')).join(', or ');
  return `the ${isQuery ? 'query' : 'request'} must have ${shown}`;
}

type ValuesOf = (condition: Condition) => readonly unknown[];

/** Compiles the function that returns all values of a request at a location. */
function compileValues({ query, header: headerOf, body }: DispatchSource): ValuesOf {
  let read: { readonly json: unknown; readonly form: Query | undefined } | undefined;
  const readBody = () => {
    const kind = kindOf(headerOf('content-type') ?? 'application/json');
    // Plain text may be JSON, too.
    const text = body && ['json', 'text', 'form'].includes(kind) ? textOfBody(body) : undefined;
    if (text === undefined) return { json: undefined, form: undefined };
    return kind === 'form' ? { json: undefined, form: parseQuery(text) } : { json: parseJson(text), form: undefined };
  };
  // Pushing to one list per request is faster than `flatMap`, which copies.
  const named = ({ pairs }: Query, name: string): readonly unknown[] => {
    const values: unknown[] = [];
    for (const pair of pairs) if (pair[0] === name) values.push(pair[1]);
    return values;
  };
  return (condition) => {
    const { in: place, name } = placeOf(condition);
    if (place === 'query') return named(query, name);
    const header = place === 'header' ? headerOf(name) : null;
    if (place === 'header') return header === null ? [] : [header];
    read ??= readBody();
    if (place === 'form') return read.form ? named(read.form, name) : [];
    const value = valueAt(read.json, name);
    return value === undefined || value === null ? [] : [value];
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function holds(condition: Condition, valuesOf: ValuesOf): boolean {
  const values = valuesOf(condition);
  if ('absent' in condition) return values.length === 0;
  if ('present' in condition) return values.length > 0;
  // If a location has two different values, neither is used: a validator of the other value would see a different
  // operation.
  return values.length > 0 && values.every((value) => value === condition.equals);
}
