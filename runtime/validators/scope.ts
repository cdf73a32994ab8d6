import type { z } from 'zod';
import type { Node } from './node.ts';

/** A problem as zod collects it. */
export type Issue = z.core.$ZodRawIssue;

/**
 * The properties and items that a successful schema evaluated: the annotations of 2020-12 for `unevaluatedProperties`
 * and `unevaluatedItems`.
 */
export type Evaluated = {
  readonly names: Set<string>;
  /** Items before this index. */
  items: number;
  readonly otherItems: Set<number>;
};

/** The schema resources that were entered, innermost first. */
export type DynamicScope = {
  readonly anchors: { readonly [anchor: string]: Node };
  readonly outer: DynamicScope | undefined;
};

/** The state of one validation. */
export type Scope = {
  readonly issues: Issue[];
  /** The annotations. Undefined if they are not needed. */
  readonly evaluated: Evaluated | undefined;
  readonly dynamic: DynamicScope | undefined;
  readonly context: z.core.ParseContextInternal;
  /** Whether the first problem is enough. The checks after it are then skipped. */
  readonly first?: true;
};

/**
 * Validates a value. Problems are added to the issues of the scope. Returns the output, which is the value itself if
 * nothing changed.
 */
export type Run = (value: unknown, scope: Scope) => unknown;

/** A node as a function. The keywords receive it to compile their schemas. */
export type Compile = (node: Node) => Run;

/** The annotations before any keyword ran. */
export function nothingEvaluated(): Evaluated {
  return { names: new Set(), items: 0, otherItems: new Set() };
}

/** Adds the annotations of one schema to those of another. */
export function addEvaluated(to: Evaluated, from: Evaluated): void {
  for (const name of from.names) to.names.add(name);
  for (const index of from.otherItems) to.otherItems.add(index);
  if (from.items > to.items) to.items = from.items;
}

/**
 * Creates a scope for a trial on the same value. Its annotations count only if it succeeds, and only its first issue is
 * shown.
 */
export function trial(scope: Scope): Scope {
  return { ...scope, issues: [], evaluated: scope.evaluated && nothingEvaluated(), first: true };
}

/** Whether the result is certain, so that no further check is needed. */
export const isDecided = ({ first, issues }: Scope): boolean => first === true && issues.length > 0;

/** Adds a problem to the issues of a validation. */
export function refuse(scope: Scope, message: string, input: unknown, path: PropertyKey[] = []): void {
  scope.issues.push({ code: 'custom', message, input, path, continue: false });
}

/** Runs on a property or item. It has its own annotations, and the paths of its issues begin with its name. */
export function runInside(run: Run, value: unknown, key: PropertyKey, scope: Scope): unknown {
  const before = scope.issues.length;
  const output = run(value, scope.evaluated === undefined ? scope : { ...scope, evaluated: undefined });
  for (let index = before; index < scope.issues.length; index += 1) {
    const issue = scope.issues[index];
    if (issue !== undefined) Object.assign(issue, { path: [key, ...(issue.path ?? [])] });
  }
  return output;
}
