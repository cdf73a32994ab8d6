import { isObject, type JsonObject } from '../common/document/pointer.ts';

/** A place in the document, as Redocly keeps it. */
export type Location = {
  readonly pointer: string;
  readonly source: { readonly absoluteRef: string };
  readonly child: (tokens: readonly (string | number)[]) => Location;
  /** The same place, to be reported at its key. */
  readonly key: () => Location;
};

/** What a rule reports. */
export type RuleProblem = {
  readonly message: string;
  readonly help: string;
  readonly location: Location;
  /** Where the first of two stands, which the message then names. */
  readonly first?: Location;
};

/** What a rule reports to, and how it follows references. */
export type RuleContext = {
  readonly report: (problem: RuleProblem) => void;
  /** Follows a `$ref`; anything else is given back. `from` is the file that holds it. */
  readonly resolve: (
    node: unknown,
    from?: string,
  ) => { readonly node: unknown; readonly location?: Location | undefined };
  readonly location: Location;
  readonly type: { readonly name: string; readonly extensionsPrefix?: string };
  readonly key: string | number;
};

/** Checks one node. */
export type Visit = (node: JsonObject, context: RuleContext) => void;

/** By name of Redocly's node types; `XcsDispatch` is ours. */
export type Visitor = { readonly [type: string]: Visit | { readonly enter?: Visit; readonly leave?: Visit } };

/** Made anew for each document, so that it may remember what it saw. */
export type Rule = () => Visitor;

/** A node behind any `$ref`, with its own place. */
export type Found = { readonly node: unknown; readonly location: Location };

/** What a reference leads to; anything else as it is. */
export function follow(node: unknown, location: Location, { resolve }: RuleContext): Found {
  // Asked for what is no reference, Redocly gives the place of the node that it visits.
  if (!isObject(node) || typeof node.$ref !== 'string') return { node, location };
  const found = resolve(node, location.source.absoluteRef);
  return { node: found.node, location: found.location ?? location };
}
