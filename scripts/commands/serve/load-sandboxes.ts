import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Sandbox } from '../../../plugins/sandbox.ts';
import type { Workspace } from '../../config/workspace.ts';

/** The sandbox of a provider. */
export type LoadedSandbox = { readonly provider: string; readonly sandbox: Sandbox };

const sandboxFile = (workspace: Workspace, provider: string): string => join(workspace.plugins, provider, 'sandbox.ts');

/** Whether a provider has a sandbox. */
export const hasSandbox = (workspace: Workspace, provider: string): boolean =>
  existsSync(sandboxFile(workspace, provider));

/** The sandboxes of these providers. Providers without one are omitted. */
export async function loadSandboxes(
  workspace: Workspace,
  providers: readonly string[],
): Promise<readonly LoadedSandbox[]> {
  const load = async (provider: string): Promise<LoadedSandbox> => {
    const path = sandboxFile(workspace, provider);
    const { sandbox } = (await import(pathToFileURL(path).href)) as { readonly sandbox?: Sandbox };
    if (sandbox === undefined) throw new Error(`plugins/${provider}/sandbox.ts does not export \`sandbox\``);
    return { provider, sandbox };
  };
  return Promise.all(providers.filter((provider) => hasSandbox(workspace, provider)).map(load));
}
