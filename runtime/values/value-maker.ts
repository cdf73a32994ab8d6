import { makeValue } from './make-value.ts';
import { createRandom } from './random.ts';
import { createSchemaSource } from './schema-source.ts';
import type { Attempt, Schema } from './types.ts';

/** What a value is made for. */
export type ValueRequest = {
  readonly schema: Schema;
  /** `request` leaves `readOnly` members out, `response` those that are `writeOnly`. */
  readonly direction: 'request' | 'response';
  /** Undefined: the same value each time, with the schema's examples. Else one that depends on this text. */
  readonly seed?: string | undefined;
  /** Checks a whole value. A rejected value is generated again in a different way. */
  readonly isValid?: (value: unknown) => boolean;
  /** Only what is required. Default false: optional properties too, as far as the size allows. */
  readonly minimal?: boolean;
  /** Whole values that were rejected are given all the same, with `valid: false`. Default 20 are tried. */
  readonly attempts?: number;
};

/** A value that was made for a schema. */
export type MadeValue = {
  readonly value: unknown;
  /** False: no way that was tried passes `isValid`. */
  readonly valid: boolean;
};

/** Makes values for the schemas of one document. */
export type ValueMaker = (request: ValueRequest) => MadeValue;

/** Nodes of a value beyond what is required. */
const BUDGET = 400;
const ATTEMPTS = 20;
/** Attempts with only what is required, where that is wanted; some schemas have no such value. */
const MINIMAL = 12;

/**
 * Makes values for the schemas of one document. @param document bundled: each `$ref` begins with `#`
 *
 * @example
 * ```ts
 * const make = createValueMaker({ openapi: '3.1.0', components: { schemas: {} } });
 * const { value } = make({ schema: { type: 'integer', minimum: 1 }, direction: 'response' });
 * ```
 */
export function createValueMaker(document: object): ValueMaker {
  const source = createSchemaSource(document);
  const makeOnce = ({ schema, direction }: ValueRequest, attempt: Attempt): unknown => {
    if (typeof schema === 'boolean') return {};
    const making = {
      ...attempt,
      document: source,
      direction,
      budget: BUDGET,
      path: new Set(),
      nesting: { depth: 0 },
      made: new Map(),
    };
    return makeValue([schema], '', making, 0);
  };
  return (request) => {
    const { seed, isValid, attempts = ATTEMPTS, minimal = false } = request;
    let first: unknown;
    for (let number = 0; number < attempts; number += 1) {
      const attempt = attemptOf(number, seed);
      const value = makeOnce(request, minimal && number < MINIMAL ? { ...attempt, full: false } : attempt);
      if (isValid === undefined || isValid(value)) return { value, valid: true };
      if (number === 0) first = value;
    }
    return { value: first, valid: false };
  };
}

/** The fullest and most telling value first; then less of it, then by chance. */
function attemptOf(number: number, seed: string | undefined): Attempt {
  const random = seed === undefined && number < 6 ? undefined : createRandom(`${seed ?? ''}/${number}`);
  return {
    full: number % 6 < 3,
    examples: seed === undefined && number === 0,
    exclusive: number % 6 === 5,
    condition: number % 2 === 0 ? 'else' : 'then',
    random,
  };
}
