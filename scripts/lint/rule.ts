import { isObject, type JsonObject } from '../common/document/pointer.ts';

/** A place in the document, as Redocly represents it. */
export type Location = {
  readonly pointer: string;
  readonly source: { readonly absoluteRef: string };
  readonly child: (tokens: readonly (string | number)[]) => Location;
  /** The same place, reported at its key. */
  readonly key: () => Location;
};

/** The report of a rule. */
export type RuleProblem = {
  readonly message: string;
  readonly help: string;
  readonly location: Location;
  /** The place of the first of two duplicates, which the message then names. */
  readonly first?: Location;
};

/** Receives the reports of a rule, and resolves references. */
export type RuleContext = {
  readonly report: (problem: RuleProblem) => void;
  /** Follows a `$ref`; any other value is returned unchanged. `from` is the file that contains it. */
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

/** Created again for each document, so that it can have state. */
export type Rule = () => Visitor;

/** A node behind any `$ref`, with its own place. */
export type Found = { readonly node: unknown; readonly location: Location };

/** The target of a reference; any other value unchanged. */
export function follow(node: unknown, location: Location, { resolve }: RuleContext): Found {
  // For a value that is not a reference, Redocly returns the place of the node that it visits.
  if (!isObject(node) || typeof node.$ref !== 'string') return { node, location };
  const found = resolve(node, location.source.absoluteRef);
  return { node: found.node, location: found.location ?? location };
}
