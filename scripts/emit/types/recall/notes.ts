import type { Direction } from '../../../model/schema/directions.ts';

/** What a fact is about. `facts.ts` has its value. */
type Kind =
  /** The whole target of a schema's reference. */
  | 'schema'
  /** The whole object at a pointer. */
  | 'object'
  /** The name of a named schema's type, and those of the schemas that extend it. */
  | 'name'
  /** The type of a reference. */
  | 'type'
  /** Whether the target of a reference is omitted. */
  | 'dropped'
  /** The number of alternatives of a reference. */
  | 'alternatives'
  /** Title and description of a reference. */
  | 'words';

/** The name of a fact that a text depends on, beside its own part of the document. */
export type Fact = string;

/** A text that noted this depends on more than the other facts, and is made again in each run. */
export const UNKNOWN_FACT: Fact = 'unknown';

/** Notes what is read while a text is made. */
export type Notes = {
  /** @param about a reference, a pointer or the key of a type */
  readonly note: (kind: Kind, direction: Direction, about: string) => void;
  readonly noteUnknown: () => void;
  /** What `make` returns, and the facts that it noted. */
  readonly collect: <Made>(make: () => Made) => { readonly made: Made; readonly facts: readonly Fact[] };
  /** What `make` returns. Its notes are not kept, because its result is a fact by itself. */
  readonly apart: <Made>(make: () => Made) => Made;
};

/** Notes of one model. */
export function createNotes(): Notes {
  let facts: Set<Fact> | undefined;
  const within = <Made>(inner: Set<Fact> | undefined, make: () => Made): Made => {
    const outer = facts;
    facts = inner;
    try {
      return make();
    } finally {
      facts = outer;
    }
  };
  return {
    note: (kind, direction, about) => facts?.add(`${kind} ${direction} ${about}`),
    noteUnknown: () => facts?.add(UNKNOWN_FACT),
    collect(make) {
      const found = new Set<Fact>();
      return { made: within(found, make), facts: [...found] };
    },
    apart: (make) => (facts === undefined ? make() : within(undefined, make)),
  };
}
