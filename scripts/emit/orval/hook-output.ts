import type { ApiData } from '../../model/types.ts';
import type { Framework } from '../framework.ts';
import { chooseNames } from '../views/naming.ts';
import { describeHooks, type HookOperation } from './describe.ts';
import { chooseHookNames } from './hook-names.ts';
import { type OrvalOutput, runOrval } from './run-orval.ts';

/** The output of orval, and the operations it was generated for. */
export type HookOutput = OrvalOutput & { readonly hooks: readonly HookOperation[] };

const made = new WeakMap<ApiData, Map<string, Promise<HookOutput | undefined>>>();

/**
 * Runs orval for an API: hooks and handlers in one run for each framework, whichever is needed first. Orval receives no
 * string of the spec, only placeholder names that are replaced in its output. The hooks call the client and use its
 * types. Undefined if there are no operations.
 *
 * @throws if orval's output has other names or code than expected.
 */
export function hookOutput(api: ApiData, frameworks: readonly Framework[]): Promise<HookOutput | undefined> {
  const outputs = made.get(api) ?? new Map<string, Promise<HookOutput | undefined>>();
  made.set(api, outputs);
  const known = outputs.get(frameworks.join()) ?? run(api, frameworks);
  outputs.set(frameworks.join(), known);
  return known;
}

async function run(api: ApiData, frameworks: readonly Framework[]): Promise<HookOutput | undefined> {
  const { prefix, operation } = chooseNames(api);
  const described = api.operations.map((each) => describeHooks(api, each, operation(each)));
  const names = chooseHookNames(prefix, described, frameworks);
  const hooks = described.map((each) => ({ ...each, hookName: names.get(each.identifier) ?? '' }));
  return hooks.length === 0 ? undefined : { ...(await runOrval(api.provider, hooks, frameworks)), hooks };
}
