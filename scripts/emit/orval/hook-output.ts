import { makeAlways, type Recall } from '../../common/recall.ts';
import type { ApiData } from '../../model/types.ts';
import type { Framework } from '../framework.ts';
import { chooseNames } from '../views/naming.ts';
import { describeHooks, type HookOperation, type OrvalOperation } from './describe.ts';
import { chooseHookNames } from './hook-names.ts';
import type { OrvalOutput } from './run-orval.ts';

/** The output of orval, and the operations it was generated for. */
export type HookOutput = OrvalOutput & { readonly hooks: readonly HookOperation[] };

const made = new WeakMap<ApiData, Map<string, Promise<HookOutput | undefined>>>();

/**
 * Runs orval for an API, once for each framework, when the first emitter needs the output. One run makes hooks and
 * handlers. Orval receives no string of the spec, only placeholder names that are replaced in its output. The hooks
 * call the client and use its types. Undefined if there are no operations.
 *
 * @throws if orval's output has other names or code than expected.
 */
export function hookOutput(
  api: ApiData,
  frameworks: readonly Framework[],
  recall: Recall = makeAlways,
): Promise<HookOutput | undefined> {
  const outputs = made.get(api) ?? new Map<string, Promise<HookOutput | undefined>>();
  made.set(api, outputs);
  const known = outputs.get(frameworks.join()) ?? run(api, frameworks, recall);
  outputs.set(frameworks.join(), known);
  return known;
}

async function run(api: ApiData, frameworks: readonly Framework[], recall: Recall): Promise<HookOutput | undefined> {
  const { prefix, operation } = chooseNames(api);
  const described = api.operations.map((each) => describeHooks(api, each, operation(each)));
  const names = chooseHookNames(prefix, described, frameworks);
  const hooks = described.map((each) => ({ ...each, hookName: names.get(each.identifier) ?? '' }));
  if (hooks.length === 0) return undefined;
  const asked = hooks.map(toOrval);
  const made = await recall('orval', [api.provider, asked, frameworks], async () => {
    const { runOrval } = await import('./run-orval.ts');
    const { modules, msw } = await runOrval(api.provider, asked, frameworks);
    return { modules: [...modules], msw };
  });
  return { modules: new Map(made.modules), msw: made.msw, hooks };
}

/** Only the facts that orval needs, so that a changed example or description does not cause another run. */
const toOrval = ({ identifier, typeName, hookName, reads, input, status }: HookOperation): OrvalOperation => ({
  identifier,
  typeName,
  hookName,
  reads,
  input,
  status,
});
