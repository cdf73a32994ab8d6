import { isJsonObject } from './json.ts';
import { applicators } from './keywords/applicators.ts';
import { arrayKeywords } from './keywords/arrays.ts';
import { numberKeywords } from './keywords/numbers.ts';
import { objectKeywords } from './keywords/objects.ts';
import { references } from './keywords/references.ts';
import { stringKeywords } from './keywords/strings.ts';
import { strip, unevaluated } from './keywords/unevaluated.ts';
import { typeProblem, valueKeywords } from './keywords/values.ts';
import { mergeOutputs } from './merge.ts';
import type { AnyZod, Keywords, Node } from './node.ts';
import { addEvaluated, isDecided, nothingEvaluated, type Run, refuse, type Scope } from './scope.ts';

/** The compiled form of a zod schema. Other schemas read from it which properties were evaluated. */
export const compiled = new WeakMap<AnyZod, () => Run>();
const runs = new WeakMap<Keywords, Run>();

/** Returns a node as a function. It is compiled once, on its first use. */
export function compile(node: Node): Run {
  if (node === true) return (value) => value;
  if (node === false) {
    return (value, scope) => {
      refuse(scope, 'Invalid input: no value is allowed here', value);
      return value;
    };
  }
  if (typeof node === 'function') return later(node);
  if ('_zod' in node) return ofZod(node as AnyZod);
  const keywords = node as Keywords;
  const known = runs.get(keywords);
  if (known !== undefined) return known;
  let run: Run | undefined;
  const first: Run = (value, scope) => {
    run ??= withScope(keywords, ofKeywords(keywords));
    return run(value, scope);
  };
  runs.set(keywords, first);
  return first;
}

function later(node: () => AnyZod): Run {
  let run: Run | undefined;
  return (value, scope) => {
    run ??= ofZod(node());
    return run(value, scope);
  };
}

function ofZod(schema: AnyZod): Run {
  const own = compiled.get(schema);
  if (own !== undefined) return (value, scope) => own()(value, scope);
  return (value, scope) => {
    const payload = schema._zod.run({ value, issues: [] }, scope.context);
    if (payload instanceof Promise) throw new TypeError('A schema of a document is never asynchronous.');
    for (const issue of payload.issues) scope.issues.push(issue);
    return payload.value;
  };
}

function ofKeywords(keywords: Keywords): Run {
  const always = [...references(keywords, compile), ...valueKeywords(keywords), ...applicators(keywords, compile)];
  const strings = stringKeywords(keywords);
  const numbers = numberKeywords(keywords);
  const arrays = arrayKeywords(keywords, compile);
  const objects = objectKeywords(keywords, compile);
  const wrongType = typeProblem(keywords);
  return (value, scope) => {
    const problem = wrongType?.(value);
    if (problem !== undefined) {
      refuse(scope, problem, value);
      return value;
    }
    let output = value;
    for (const run of always) {
      if (isDecided(scope)) return output;
      output = mergeOutputs(value, output, run(value, scope));
    }
    if (isDecided(scope)) return output;
    if (typeof value === 'string') for (const run of strings) run(value, scope);
    else if (typeof value === 'number') for (const run of numbers) run(value, scope);
    else if (Array.isArray(value)) for (const run of arrays) output = mergeOutputs(value, output, run(value, scope));
    else if (isJsonObject(value)) {
      for (const run of objects) output = mergeOutputs(value, output, run(value, scope));
    }
    return output;
  };
}

/**
 * Enters the resource of the schema and starts its own `unevaluated…` annotations, because those of sibling schemas
 * must not count.
 */
function withScope(keywords: Keywords, run: Run): Run {
  const { $dynamicAnchors: anchors } = keywords;
  const last = unevaluated(keywords, compile);
  const inner: Run =
    last.length === 0 && keywords.strip !== true
      ? run
      : (value, scope) => {
          const evaluated = nothingEvaluated();
          const own: Scope = { ...scope, evaluated };
          let output = run(value, own);
          for (const each of last) output = mergeOutputs(value, output, each(value, own));
          // An enclosing schema for the same value has more properties, and removes undeclared properties for both.
          if (scope.evaluated !== undefined) addEvaluated(scope.evaluated, evaluated);
          else if (keywords.strip === true) output = mergeOutputs(value, output, strip(value, evaluated));
          return output;
        };
  if (anchors === undefined) return inner;
  return (value, scope) => inner(value, { ...scope, dynamic: { anchors, outer: scope.dynamic } });
}
