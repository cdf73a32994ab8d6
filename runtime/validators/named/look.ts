import type { Node } from '../node.ts';
import type { DynamicScope } from '../scope.ts';

/** A schema that applies to a value, and the schema resources through which it was reached. */
export type Holding = { readonly look: Look; readonly dynamic: DynamicScope | undefined };

/** The properties or items that the schemas of one value name. */
export type Seen = {
  /** The schemas of the named properties, by name. */
  readonly names: Map<string, readonly Holding[]>;
  /** Properties to remove, even if a schema names them. */
  readonly dropped: Set<string>;
  /** Schemas of the properties that match a pattern or have no name. */
  readonly others: ((name: string) => readonly Holding[] | undefined)[];
  /** Schemas of the item at an index. */
  readonly items: ((index: number, item: unknown) => readonly Holding[])[];
  /** Whether the contract allows any property. */
  open: boolean;
  /** Whether a schema names properties. An object without named properties is open. */
  named: boolean;
  /** The type that represents a 64-bit integer. */
  int64?: 'bigint' | 'string';
  /** Whether all alternatives count, including those that the value does not match. */
  readonly all?: true;
  /** Base schemas that were already visited: an extending schema leads back to its base. */
  extended?: Set<object>;
};

/** Adds the names of a schema for a value. */
export type Look = {
  readonly see: (value: object, seen: Seen, dynamic: DynamicScope | undefined) => void;
  /** The result that is equal for all values. If it is complete, nothing else is evaluated. */
  readonly always?: () => Seen | undefined;
};

/** Returns the visitor of a schema. Undefined if the schema has no keyword for properties or items. */
export type LookAt = (node: Node) => Look | undefined;

/** The result before any schema was visited. */
export function nothingSeen(): Seen {
  return { names: new Map(), dropped: new Set(), others: [], items: [], open: false, named: false };
}

/** Adds a property that a schema names. */
export function addName({ names }: Seen, name: string, holding: Holding): void {
  const known = names.get(name);
  names.set(name, known ? [...known, holding] : [holding]);
}

/** Creates a visitor whose result is equal for all values, so it runs only once. */
export function constant(see: (seen: Seen, dynamic: DynamicScope | undefined) => void): Look {
  let known: Seen | undefined;
  return {
    see: (_, seen, dynamic) => see(seen, dynamic),
    always() {
      if (known === undefined) {
        known = nothingSeen();
        see(known, undefined);
      }
      return known;
    },
  };
}

/** Combines several visitors of the same value. */
export function allOf(looks: readonly Look[]): Look | undefined {
  const [only, ...others] = looks;
  if (only === undefined || others.length === 0) return only;
  return {
    see(value, seen, dynamic) {
      for (const look of looks) look.see(value, seen, dynamic);
    },
  };
}
