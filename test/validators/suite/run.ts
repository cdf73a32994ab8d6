import type { GeneratedModules } from '../generated-module.ts';
import { documentOf } from './document.ts';
import type { Group } from './groups.ts';
import { whyLeftOut } from './statable.ts';

export type Failure = {
  readonly group: string;
  readonly test: string;
  readonly want: 'valid' | 'invalid';
  readonly got: string;
};
export type Outcome = {
  readonly file: string;
  readonly right: number;
  readonly failures: readonly Failure[];
  readonly leftOut: readonly { readonly group: string; readonly test: string; readonly reason: string }[];
};

/** Returns for each value whether it is valid. Throws if the schema cannot be used at all. */
export type Judge = (group: Group) => Promise<(value: unknown) => boolean>;

/** Through our generator: document in, module out, imported, run. */
export function generatedJudge(modules: GeneratedModules): Judge {
  return async (group) => {
    const { Subject } = await modules.load(documentOf(group.schema));
    if (Subject === undefined) throw new Error('The module exports no constant for the component.');
    return (value) => {
      const result = Subject['~standard'].validate(value);
      if (result instanceof Promise) throw new Error('asynchronous');
      return result.issues === undefined;
    };
  };
}

/** Runs all groups. Results by file. */
export async function runGroups(groups: readonly Group[], judge: Judge): Promise<readonly Outcome[]> {
  const byFile = new Map<string, { right: number; failures: Failure[]; leftOut: Outcome['leftOut'][number][] }>();
  for (const group of groups) {
    const outcome = byFile.get(group.file) ?? { right: 0, failures: [], leftOut: [] };
    byFile.set(group.file, outcome);
    const tests = group.tests.filter((test) => whyLeftOut(group, test) === undefined);
    for (const test of group.tests) {
      const reason = whyLeftOut(group, test);
      if (reason !== undefined) outcome.leftOut.push({ group: group.description, test: test.description, reason });
    }
    if (tests.length === 0) continue;
    for (const { description, valid, got } of await judgeGroup({ ...group, tests }, judge)) {
      if (got === valid) outcome.right += 1;
      else {
        outcome.failures.push({
          group: group.description,
          test: description,
          want: valid ? 'valid' : 'invalid',
          got: typeof got === 'boolean' ? (got ? 'valid' : 'invalid') : got,
        });
      }
    }
  }
  return [...byFile].map(([file, outcome]) => ({ file, ...outcome }));
}

async function judgeGroup(group: Group, judge: Judge) {
  try {
    const isValid = await judge(group);
    return group.tests.map((test) => ({ ...test, got: attempt(() => isValid(test.data)) }));
  } catch (error) {
    return group.tests.map((test) => ({ ...test, got: String(error).split('\n', 1).join('') }));
  }
}

function attempt(run: () => boolean): boolean | string {
  try {
    return run();
  } catch (error) {
    return String(error);
  }
}
