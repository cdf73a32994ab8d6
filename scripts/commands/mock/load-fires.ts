import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Fire } from '@countersign/runtime/mock/fire';
import { chooseProviders, type Workspace } from '../../config/workspace.ts';

/** How providers call their users' servers: the export `fire` of `plugins/<provider>/fire.ts`. */
export async function loadFires(workspace: Workspace): Promise<Readonly<Record<string, Fire>>> {
  const found = (await chooseProviders(workspace, [])).map((name) => ({
    name,
    path: join(workspace.plugins, name, 'fire.ts'),
  }));
  const loaded = found
    .filter(({ path }) => existsSync(path))
    .map(async ({ name, path }) => {
      const { fire } = (await import(pathToFileURL(path).href)) as { readonly fire?: Fire };
      if (fire === undefined) throw new Error(`plugins/${name}/fire.ts does not export \`fire\``);
      return [name, fire] as const;
    });
  return Object.fromEntries(await Promise.all(loaded));
}
