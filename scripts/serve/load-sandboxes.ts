import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Sandbox } from '../../plugins/sandbox.ts';
import type { Workspace } from '../workspace.ts';

export type LoadedSandbox = { readonly provider: string; readonly sandbox: Sandbox };

/** The sandboxes of these providers; those that have none are left out. */
export async function loadSandboxes(
  workspace: Workspace,
  providers: readonly string[],
): Promise<readonly LoadedSandbox[]> {
  const loaded = await Promise.all(
    providers.map(async (provider) => {
      const path = join(workspace.plugins, provider, 'sandbox.ts');
      const there = await access(path).then(
        () => true,
        () => false,
      );
      if (!there) return undefined;
      const { sandbox } = (await import(pathToFileURL(path).href)) as { readonly sandbox?: Sandbox };
      if (sandbox === undefined) throw new Error(`plugins/${provider}/sandbox.ts does not export \`sandbox\``);
      return { provider, sandbox };
    }),
  );
  return loaded.filter((found) => found !== undefined);
}
