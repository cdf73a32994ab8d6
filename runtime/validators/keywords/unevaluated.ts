import { isJsonObject, memberNames, setMember } from '../json.ts';
import type { Keywords } from '../node.ts';
import { type Compile, type Evaluated, type Run, runInside } from '../scope.ts';

/** Keywords for properties and items that no other keyword has evaluated. They run after all other keywords. */
export function unevaluated(keywords: Keywords, compile: Compile): Run[] {
  const runs: Run[] = [];
  if (keywords.unevaluatedItems !== undefined) runs.push(otherItems(compile(keywords.unevaluatedItems)));
  if (keywords.unevaluatedProperties !== undefined) runs.push(otherMembers(compile(keywords.unevaluatedProperties)));
  return runs;
}

function otherItems(run: Run): Run {
  return (value, scope) => {
    const { evaluated } = scope;
    if (!Array.isArray(value) || evaluated === undefined) return value;
    let output: unknown[] | undefined;
    for (let index = evaluated.items; index < value.length; index += 1) {
      if (evaluated.otherItems.has(index)) continue;
      const result = runInside(run, value[index], index, scope);
      if (result === value[index]) continue;
      output ??= [...value];
      output[index] = result;
    }
    evaluated.items = value.length;
    return output ?? value;
  };
}

function otherMembers(run: Run): Run {
  return (value, scope) => {
    const { evaluated } = scope;
    if (!isJsonObject(value) || evaluated === undefined) return value;
    let output: { [name: string]: unknown } | undefined;
    for (const name of memberNames(value)) {
      if (evaluated.names.has(name)) continue;
      evaluated.names.add(name);
      const result = runInside(run, value[name], name, scope);
      if (result === value[name]) continue;
      output ??= { ...value };
      setMember(output, name, result);
    }
    return output ?? value;
  };
}

/** Omits the properties that no keyword has evaluated. */
export function strip(value: unknown, evaluated: Evaluated): unknown {
  if (!isJsonObject(value)) return value;
  const names = Object.keys(value).filter((name) => evaluated.names.has(name));
  if (names.length === Object.keys(value).length) return value;
  const output = {};
  for (const name of names) setMember(output, name, value[name]);
  return output;
}
