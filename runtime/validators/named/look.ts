import type { Node } from '../node.ts';
import type { DynamicScope } from '../scope.ts';

/** A schema that holds for a value, and the schema resources through which it was reached. */
export type Holding = { readonly look: Look; readonly dynamic: DynamicScope | undefined };

/** What the schemas that hold for one value say of its members or items. */
export type Seen = {
  /** By name: the schemas of the members that are named. */
  readonly names: Map<string, readonly Holding[]>;
  /** Members to leave out, whoever names them. */
  readonly dropped: Set<string>;
  /** Schemas of the members that match, and that no name covers. */
  readonly others: ((name: string) => readonly Holding[] | undefined)[];
  /** Schemas of the item at an index. */
  readonly items: ((index: number, item: unknown) => readonly Holding[])[];
  /** The contract lets any member be there. */
  open: boolean;
  /** A schema has named members: an object that none names is free. */
  named: boolean;
  /** The value is an integer of 64 bits that is held as this. */
  int64?: 'bigint' | 'string';
  /** Every alternative is asked, whether the value fits it or not. */
  readonly all?: true;
  /** Schemas that others extend and that were looked at: what extends one leads back to it. */
  extended?: Set<object>;
};

/** Adds what a schema says of a value. */
export type Look = {
  readonly see: (value: object, seen: Seen, dynamic: DynamicScope | undefined) => void;
  /** What it says of each value alike; where it stands alone, nothing is asked again. */
  readonly always?: () => Seen | undefined;
};

/** Undefined: a schema that says nothing of members or items. */
export type LookAt = (node: Node) => Look | undefined;

/** What is known before any schema was looked at. */
export function nothingSeen(): Seen {
  return { names: new Map(), dropped: new Set(), others: [], items: [], open: false, named: false };
}

/** Adds a name that a schema gives to a member. */
export function addName({ names }: Seen, name: string, holding: Holding): void {
  const known = names.get(name);
  names.set(name, known ? [...known, holding] : [holding]);
}

/** A look that says the same of each value: it is asked once. */
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

/** Several looks at the same value. */
export function allOf(looks: readonly Look[]): Look | undefined {
  const [only, ...others] = looks;
  if (only === undefined || others.length === 0) return only;
  return {
    see(value, seen, dynamic) {
      for (const look of looks) look.see(value, seen, dynamic);
    },
  };
}
