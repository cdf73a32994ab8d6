import { alternativesText } from '../alternatives.ts';
import { hasMember, isJsonObject } from '../json.ts';
import { mergeOutputs } from '../merge.ts';
import type { Keywords, Node } from '../node.ts';
import { addEvaluated, type Compile, type Run, refuse, type Scope, trial } from '../scope.ts';
import { valuesText } from './values.ts';

/** Keywords that apply schemas to the value itself. */
export function applicators(keywords: Keywords, compile: Compile): Run[] {
  const { allOf, anyOf, oneOf, not, if: condition, then = true, else: otherwise = true, discriminator } = keywords;
  const runs: Run[] = [];
  for (const part of allOf ?? []) runs.push(compile(part));
  if (discriminator !== undefined) runs.push(discriminated(discriminator, compile));
  else {
    if (anyOf !== undefined) runs.push(someOf(anyOf, compile));
    if (oneOf !== undefined) runs.push(exactlyOneOf(oneOf, compile));
  }
  if (not !== undefined) runs.push(noneOf(not, compile));
  if (condition !== undefined) runs.push(conditional(condition, then, otherwise, compile));
  if (keywords.dependentSchemas !== undefined) runs.push(dependent(keywords.dependentSchemas, compile));
  return runs;
}

function accept(scope: Scope, attempt: Scope): void {
  if (scope.evaluated !== undefined && attempt.evaluated !== undefined)
    addEvaluated(scope.evaluated, attempt.evaluated);
}

function someOf(nodes: readonly Node[], compile: Compile): Run {
  const runs = nodes.map(compile);
  return (value, scope) => {
    const failed: Scope['issues'][] = [];
    let output: { readonly value: unknown } | undefined;
    for (const run of runs) {
      const attempt = trial(scope);
      const result = run(value, attempt);
      if (attempt.issues.length > 0) failed.push(attempt.issues);
      else {
        output ??= { value: result };
        accept(scope, attempt);
        // Further alternatives matter only if their evaluated properties are needed.
        if (scope.evaluated === undefined) break;
      }
    }
    if (output === undefined) refuse(scope, alternativesText(failed), value);
    return output === undefined ? value : output.value;
  };
}

function exactlyOneOf(nodes: readonly Node[], compile: Compile): Run {
  const runs = nodes.map(compile);
  return (value, scope) => {
    const failed: Scope['issues'][] = [];
    const fitting: { readonly index: number; readonly output: unknown; readonly attempt: Scope }[] = [];
    for (const [index, run] of runs.entries()) {
      const attempt = trial(scope);
      const output = run(value, attempt);
      if (attempt.issues.length > 0) failed.push(attempt.issues);
      else fitting.push({ index, output, attempt });
    }
    const [only, ...others] = fitting;
    if (only === undefined) refuse(scope, alternativesText(failed), value);
    else if (others.length > 0) {
      const numbers = fitting.map(({ index }) => index + 1).join(' and ');
      refuse(scope, `Invalid input: must match exactly one alternative, matches ${numbers}`, value);
    } else {
      accept(scope, only.attempt);
      return only.output;
    }
    return value;
  };
}

function discriminated({ propertyName, mapping }: NonNullable<Keywords['discriminator']>, compile: Compile): Run {
  const runs = new Map(Object.entries(mapping).map(([tag, node]) => [tag, compile(node)]));
  const expected = [...runs.keys()].map((tag) => JSON.stringify(tag)).join('|');
  return (value, scope) => {
    const tag = isJsonObject(value) && hasMember(value, propertyName) ? value[propertyName] : undefined;
    const run = typeof tag === 'string' ? runs.get(tag) : undefined;
    // Alternatives may lack the property that distinguishes them.
    scope.evaluated?.names.add(propertyName);
    if (run !== undefined) return run(value, scope);
    refuse(scope, `Invalid discriminator: expected one of ${expected}`, value, [propertyName]);
    return value;
  };
}

function noneOf(node: Node, compile: Compile): Run {
  const run = compile(node);
  const values = plainValues(node);
  const problem = `Invalid input: must not ${values ? `be ${valuesText(values)}` : 'match the schema in "not"'}`;
  return (value, scope) => {
    const attempt = trial(scope);
    run(value, attempt);
    if (attempt.issues.length === 0) refuse(scope, problem, value);
    return value;
  };
}

/** The values of a schema that only lists values, if a message can show them. */
function plainValues(node: Node): readonly unknown[] | undefined {
  if (typeof node !== 'object' || '_zod' in node) return undefined;
  const { type: _, enum: listed, const: only, ...others } = node as Keywords;
  const values = listed ?? [only];
  const shown = values.every((value) => value === null || ['string', 'number', 'boolean'].includes(typeof value));
  return shown && Object.keys(others).length === 0 ? values : undefined;
}

function conditional(condition: Node, then: Node, otherwise: Node, compile: Compile): Run {
  const [test, whenTrue, whenFalse] = [compile(condition), compile(then), compile(otherwise)];
  return (value, scope) => {
    const attempt = trial(scope);
    test(value, attempt);
    if (attempt.issues.length > 0) return whenFalse(value, scope);
    accept(scope, attempt);
    return whenTrue(value, scope);
  };
}

function dependent(nodes: NonNullable<Keywords['dependentSchemas']>, compile: Compile): Run {
  const runs = Object.entries(nodes).map(([name, node]) => [name, compile(node)] as const);
  return (value, scope) => {
    if (!isJsonObject(value)) return value;
    let output: unknown = value;
    for (const [name, run] of runs) {
      if (hasMember(value, name)) output = mergeOutputs(value, output, run(value, scope));
    }
    return output;
  };
}
