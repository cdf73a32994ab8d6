import { hasMember, type JsonObject, memberNames, setMember } from '../json.ts';
import type { Keywords } from '../node.ts';
import { type Compile, isDecided, type Run, refuse, runInside, type Scope } from '../scope.ts';

type ObjectRun = (value: JsonObject, scope: Scope) => JsonObject;

const MEMBER_KEYWORDS = ['properties', 'patternProperties', 'additionalProperties', 'defaults', 'dropped'] as const;

/** Keywords for objects. */
export function objectKeywords(keywords: Keywords, compile: Compile): readonly ObjectRun[] {
  const runs: ObjectRun[] = [];
  const { required, minProperties = 0, maxProperties = Number.POSITIVE_INFINITY, dependentRequired } = keywords;
  if (minProperties > 0 || maxProperties < Number.POSITIVE_INFINITY) runs.push(counted(minProperties, maxProperties));
  if (required !== undefined) runs.push(requiring(required));
  if (dependentRequired !== undefined) runs.push(dependent(Object.entries(dependentRequired)));
  if (keywords.propertyNames !== undefined) runs.push(named(compile(keywords.propertyNames)));
  if (MEMBER_KEYWORDS.some((keyword) => keywords[keyword] !== undefined)) runs.push(members(keywords, compile));
  return runs;
}

function counted(min: number, max: number): ObjectRun {
  return (value, scope) => {
    const count = memberNames(value).length;
    if (count < min) refuse(scope, `Too small: expected object to have >=${min} properties`, value);
    if (count > max) refuse(scope, `Too big: expected object to have <=${max} properties`, value);
    return value;
  };
}

function requiring(names: readonly string[]): ObjectRun {
  return (value, scope) => {
    for (const name of names) if (!hasMember(value, name)) refuse(scope, 'Invalid input: required', undefined, [name]);
    return value;
  };
}

function dependent(entries: readonly (readonly [string, readonly string[]])[]): ObjectRun {
  return (value, scope) => {
    for (const [name, needed] of entries) {
      if (!hasMember(value, name)) continue;
      for (const other of needed) {
        if (!hasMember(value, other))
          refuse(scope, `Invalid input: required with ${JSON.stringify(name)}`, undefined, [other]);
      }
    }
    return value;
  };
}

function named(run: Run): ObjectRun {
  return (value, scope) => {
    for (const name of memberNames(value)) runInside(run, name, name, scope);
    return value;
  };
}

function members(keywords: Keywords, compile: Compile): ObjectRun {
  const { dropped = [], defaults = {} } = keywords;
  const named = new Map(Object.entries(keywords.properties ?? {}).map(([name, node]) => [name, compile(node)]));
  const patterns = (keywords.patternProperties ?? []).map(([pattern, node]) => [pattern, compile(node)] as const);
  const others = keywords.additionalProperties === undefined ? undefined : compile(keywords.additionalProperties);
  const fallbacks = Object.keys(defaults);
  const ignored = new Set(dropped);

  return (value, scope) => {
    let output: { [name: string]: unknown } | undefined;
    const apply = (run: Run, name: string) => {
      const result = runInside(run, value[name], name, scope);
      if (result === value[name]) return;
      output ??= { ...value };
      setMember(output, name, result);
    };
    for (const name of memberNames(value)) {
      if (isDecided(scope)) return value;
      let known = ignored.has(name);
      const run = known ? undefined : named.get(name);
      if (run !== undefined) {
        known = true;
        apply(run, name);
      }
      for (const [pattern, matched] of patterns) {
        if (!pattern.test(name)) continue;
        known = true;
        apply(matched, name);
      }
      if (!known && others !== undefined) {
        known = true;
        apply(others, name);
      }
      if (known) scope.evaluated?.names.add(name);
    }
    for (const name of fallbacks) {
      if (hasMember(value, name)) continue;
      output ??= { ...value };
      setMember(output, name, structuredClone(defaults[name]));
    }
    for (const name of dropped) {
      if (!Object.hasOwn(value, name)) continue;
      output ??= { ...value };
      delete output[name];
    }
    return output ?? value;
  };
}
