import type { Keywords } from '../node.ts';
import { type Compile, isDecided, type Run, refuse, runInside, type Scope } from '../scope.ts';
import { duplicateAt } from '../unique.ts';

type ArrayRun = (value: readonly unknown[], scope: Scope) => readonly unknown[];

/** Keywords for arrays. */
export function arrayKeywords(keywords: Keywords, compile: Compile): readonly ArrayRun[] {
  const runs: ArrayRun[] = [];
  const { minItems = 0, maxItems = Number.POSITIVE_INFINITY, uniqueItems, contains } = keywords;
  if (minItems > 0 || maxItems < Number.POSITIVE_INFINITY) runs.push(counted(minItems, maxItems));
  if (keywords.prefixItems !== undefined || keywords.items !== undefined) runs.push(each(keywords, compile));
  if (contains !== undefined) runs.push(containing(compile(contains), keywords));
  if (uniqueItems === true) {
    runs.push((value, scope) => {
      const index = duplicateAt(value);
      if (index !== undefined) refuse(scope, 'Invalid array: items must be unique', value[index], [index]);
      return value;
    });
  }
  return runs;
}

function counted(min: number, max: number): ArrayRun {
  return (value, scope) => {
    if (value.length < min) refuse(scope, `Too small: expected array to have >=${min} items`, value);
    if (value.length > max) refuse(scope, `Too big: expected array to have <=${max} items`, value);
    return value;
  };
}

function each({ prefixItems = [], items }: Keywords, compile: Compile): ArrayRun {
  const prefix = prefixItems.map(compile);
  const rest = items === undefined ? undefined : compile(items);
  return (value, scope) => {
    let output: unknown[] | undefined;
    const end = rest === undefined ? Math.min(prefix.length, value.length) : value.length;
    for (let index = 0; index < end; index += 1) {
      const run = prefix[index] ?? rest;
      if (run === undefined) continue;
      if (isDecided(scope)) return value;
      const result = runInside(run, value[index], index, scope);
      if (result !== value[index]) {
        output ??= [...value];
        output[index] = result;
      }
    }
    if (scope.evaluated !== undefined && end > scope.evaluated.items) scope.evaluated.items = end;
    return output ?? value;
  };
}

function containing(run: Run, keywords: Keywords): ArrayRun {
  const { minContains = 1, maxContains = Number.POSITIVE_INFINITY } = keywords;
  return (value, scope) => {
    let count = 0;
    for (const [index, item] of value.entries()) {
      const attempt: Scope = { ...scope, issues: [], evaluated: undefined, first: true };
      run(item, attempt);
      if (attempt.issues.length > 0) continue;
      count += 1;
      scope.evaluated?.otherItems.add(index);
    }
    if (count < minContains) refuse(scope, `Too small: expected >=${minContains} items that match "contains"`, value);
    if (count > maxContains) refuse(scope, `Too big: expected <=${maxContains} items that match "contains"`, value);
    return value;
  };
}
