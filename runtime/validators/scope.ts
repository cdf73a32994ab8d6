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

/** What one validation carries along. */
export type Scope = {
  readonly issues: Issue[];
  /** Undefined if it is not needed. */
  readonly evaluated: Evaluated | undefined;
  readonly dynamic: DynamicScope | undefined;
  readonly context: z.core.ParseContextInternal;
  /** The first problem is enough: what comes after it is not checked. */
  readonly first?: true;
};

/** Validates a value: problems go to the scope's issues, the output is returned (the value itself where nothing changed). */
export type Run = (value: unknown, scope: Scope) => unknown;

/** A node as a function. The keywords receive it to compile their schemas. */
export type Compile = (node: Node) => Run;

/** Annotations before anything was looked at. */
export function nothingEvaluated(): Evaluated {
  return { names: new Set(), items: 0, otherItems: new Set() };
}

/** Adds the annotations of one schema to those of another. */
export function addEvaluated(to: Evaluated, from: Evaluated): void {
  for (const name of from.names) to.names.add(name);
  for (const index of from.otherItems) to.otherItems.add(index);
  if (from.items > to.items) to.items = from.items;
}

/** A scope for a trial on the same value: its annotations count only if it succeeds, and only its first issue is shown. */
export function trial(scope: Scope): Scope {
  return { ...scope, issues: [], evaluated: scope.evaluated && nothingEvaluated(), first: true };
}

/** Whether what has been found is enough. */
export const isDecided = ({ first, issues }: Scope): boolean => first === true && issues.length > 0;

/** Adds a problem to the issues of a validation. */
export function refuse(scope: Scope, message: string, input: unknown, path: PropertyKey[] = []): void {
  scope.issues.push({ code: 'custom', message, input, path, continue: false });
}

/** Runs on a member or item: its annotations are its own, and its issues get the member's name in front. */
export function runInside(run: Run, value: unknown, key: PropertyKey, scope: Scope): unknown {
  const before = scope.issues.length;
  const output = run(value, scope.evaluated === undefined ? scope : { ...scope, evaluated: undefined });
  for (let index = before; index < scope.issues.length; index += 1) {
    const issue = scope.issues[index];
    if (issue !== undefined) Object.assign(issue, { path: [key, ...(issue.path ?? [])] });
  }
  return output;
}
