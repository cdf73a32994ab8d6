import { makeValue } from './make-value.ts';
import { createRandom } from './random.ts';
import { createSchemaSource } from './schema-source.ts';
import type { Attempt, Schema } from './types.ts';
import { Unready } from './unready.ts';

/** The purpose of a value. */
export type ValueRequest = {
  readonly schema: Schema;
  /** `request` omits `readOnly` properties, `response` omits `writeOnly` ones. */
  readonly direction: 'request' | 'response';
  /** The seed of the value. Undefined: the value is always the same and comes from the examples of the schema. */
  readonly seed?: string | undefined;
  /** Checks a whole value. A rejected value is generated again in a different way. */
  readonly isValid?: (value: unknown) => boolean;
  /**
   * Whether only required properties are generated. Default false: optional properties are generated, too, within the
   * size limit.
   */
  readonly minimal?: boolean;
  /** Number of rejected values after which the last one is returned with `valid: false`. Default 20. */
  readonly attempts?: number;
};

/** A value that was generated for a schema. */
export type MadeValue = {
  readonly value: unknown;
  /** False if no attempt passed `isValid`. */
  readonly valid: boolean;
};

/** Generates values for the schemas of one document. */
export type ValueMaker = {
  (request: ValueRequest): MadeValue;
  /** Generates the same value, but lets other work run between its attempts, each of which is bounded. */
  readonly async: (request: ValueRequest) => Promise<MadeValue>;
};

/** Maximum number of optional nodes of a value. */
const BUDGET = 400;
const ATTEMPTS = 20;
/** Number of attempts with only required properties. Some schemas have no such value. */
const MINIMAL = 12;

/**
 * Generates values for the schemas of one document. @param document a bundled document, in which each `$ref` begins
 * with `#`
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
  /** Generates a value. Yields after each rejected attempt, and while a check is not ready. */
  function* attempt(request: ValueRequest): Generator<undefined, MadeValue> {
    const { seed, isValid, attempts = ATTEMPTS, minimal = false } = request;
    let first: unknown;
    for (let number = 0; number < attempts; number += 1) {
      const attempt = attemptOf(number, seed);
      const value = makeOnce(
        request,
        minimal && number < MINIMAL ? { ...attempt, full: false, wholes: false } : attempt,
      );
      if (isValid === undefined || (yield* judge(isValid, value))) return { value, valid: true };
      if (number === 0) first = value;
      yield;
    }
    return { value: first, valid: false };
  }
  const make = (request: ValueRequest): MadeValue => {
    const attempts = attempt(request);
    for (;;) {
      const { done, value } = attempts.next();
      if (done) return value;
    }
  };
  const makeAsync = async (request: ValueRequest): Promise<MadeValue> => {
    const attempts = attempt(request);
    for (;;) {
      const { done, value } = attempts.next();
      if (done) return value;
      await new Promise((resolve) => setTimeout(resolve));
    }
  };
  return Object.assign(make, { async: makeAsync });
}

/** Calls a check until it is ready, and yields before each repetition. */
function* judge(isValid: (value: unknown) => boolean, value: unknown): Generator<undefined, boolean> {
  for (;;) {
    try {
      return isValid(value);
    } catch (error) {
      if (!(error instanceof Unready)) throw error;
    }
    yield;
  }
}

/** The settings of an attempt: the most complete value first, then smaller values, then random ones. */
function attemptOf(number: number, seed: string | undefined): Attempt {
  const random = seed === undefined && number < 6 ? undefined : createRandom(`${seed ?? ''}/${number}`);
  return {
    full: number % 6 < 3,
    examples: seed === undefined && number < 2,
    wholes: seed === undefined && number === 0,
    exclusive: number % 6 === 5,
    condition: number % 2 === 0 ? 'else' : 'then',
    random,
  };
}
