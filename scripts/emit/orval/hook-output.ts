import type { ApiData } from '../../model/types.ts';
import type { Framework } from '../framework.ts';
import { chooseNames } from '../views/naming.ts';
import { describeHooks, type HookOperation } from './describe.ts';
import { chooseHookNames } from './hook-names.ts';
import { type OrvalOutput, runOrval } from './run-orval.ts';

/** What orval made, and the operations it was made for. */
export type HookOutput = OrvalOutput & { readonly hooks: readonly HookOperation[] };

const made = new WeakMap<ApiData, Map<string, Promise<HookOutput | undefined>>>();

/**
 * What orval makes of an API: hooks and handlers in one run for each framework, whoever asks first. It is given no string of
 * the spec, and names of its own, which ours replace in what it made; the hooks' calls go through the client, and their types
 * are the client's. Undefined where there is no operation.
 *
 * @throws when orval made other names or code than we build on.
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
