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
  const reading: Reading = { source, body: undefined };
  for (const { when, value } of conditional) if (allHold(when, reading)) return value;
  return plain;
}

/** Describes the accepted requests, for the message of a rejection. */
export function describeVariants({ conditional }: Variants<unknown>): string {
  const isQuery = conditional.every(({ when }) => when.every((condition) => 'query' in condition));
  const shown = conditional.map(({ when }) => when.map(describeCondition).join(' and ')).join(', or ');
  return `the ${isQuery ? 'query' : 'request'} must have ${shown}`;
}

/** The body as JSON or as the fields of a form. */
type ParsedBody = { readonly json: unknown; readonly form: Query | undefined };

/** A request, and its parsed body after a condition has used it. */
type Reading = { readonly source: DispatchSource; body: ParsedBody | undefined };

// Loops, without closures: they run for each request.
function allHold(when: readonly Condition[], reading: Reading): boolean {
  for (const condition of when) {
    const values = 'query' in condition ? undefined : valuesAt(condition, reading);
    if (!(values ? holds(condition, values) : holdsInQuery(condition, reading.source.query))) return false;
  }
  return true;
}

/** Whether the condition holds for a query. The values are not collected, because most conditions are of this kind. */
function holdsInQuery(condition: Condition, { pairs }: Query): boolean {
  const { name } = placeOf(condition);
  const wanted = 'equals' in condition ? condition.equals : undefined;
  let isPresent = false;
  for (const pair of pairs) {
    if (pair[0] !== name) continue;
    if (wanted !== undefined && pair[1] !== wanted) return false;
    isPresent = true;
  }
  return 'absent' in condition ? !isPresent : isPresent;
}

/** All values of a request at the location of a condition. */
function valuesAt(condition: Condition, reading: Reading): readonly unknown[] {
  const { in: place, name } = placeOf(condition);
  const header = place === 'header' ? reading.source.header(name) : null;
  if (place === 'header') return header === null ? [] : [header];
  reading.body ??= readBody(reading.source);
  const { form, json } = reading.body;
  if (place === 'form') return form ? form.pairs.flatMap((pair) => (pair[0] === name ? [pair[1]] : [])) : [];
  const value = valueAt(json, name);
  return value === undefined || value === null ? [] : [value];
}

function readBody({ header: headerOf, body }: DispatchSource): ParsedBody {
  const kind = kindOf(headerOf('content-type') ?? 'application/json');
  // Plain text may be JSON, too.
  const text = body && ['json', 'text', 'form'].includes(kind) ? textOfBody(body) : undefined;
  if (text === undefined) return { json: undefined, form: undefined };
  return kind === 'form' ? { json: undefined, form: parseQuery(text) } : { json: parseJson(text), form: undefined };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function holds(condition: Condition, values: readonly unknown[]): boolean {
  if ('absent' in condition) return values.length === 0;
  if ('present' in condition) return values.length > 0;
  // If a location has two different values, neither is used: a validator of the other value would see a different
  // operation.
  return values.length > 0 && values.every((value) => value === condition.equals);
}
