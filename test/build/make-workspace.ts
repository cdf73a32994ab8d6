import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../run/cli.ts';

export const repository = join(import.meta.dirname, '../..');

export type TestWorkspace = {
  readonly root: string;
  /** Runs the CLI of this repository in the workspace; never rejects. */
  readonly run: (
    args: readonly string[],
    env?: NodeJS.ProcessEnv,
  ) => Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;
  readonly remove: () => Promise<void>;
};

/** Links every installed package separately, except the runtime, which is a copy like the rest. */
async function linkPackages(root: string): Promise<void> {
  const from = join(repository, 'node_modules');
  await mkdir(join(root, 'node_modules/@countersign'), { recursive: true });
  const names = (await readdir(from)).filter((name) => name !== '@countersign' && !name.startsWith('.'));
  await Promise.all(names.map((name) => symlink(join(from, name), join(root, 'node_modules', name))));
  await symlink(join(root, 'runtime'), join(root, 'node_modules/@countersign/runtime'));
  await symlink(join(root, 'toolkit'), join(root, 'node_modules/countersign'));
  // Commands too: `npx node` is then the version that the toolkit requires.
  await symlink(join(from, '.bin'), join(root, 'node_modules/.bin'));
}

/**
 * A separate workspace in the system's temporary folder: runtime, and of each provider spec, signer and package. Its
 * build output and cache are not shared.
 */
export async function makeWorkspace(providers: readonly string[]): Promise<TestWorkspace> {
  const root = await mkdtemp(join(tmpdir(), 'countersign-workspace-'));
  const isSource = (path: string): boolean => !/\/(node_modules|dist)(\/|$)/.test(path.slice(repository.length));
  const copy = (path: string): Promise<void> =>
    cp(join(repository, path), join(root, path), { recursive: true, filter: isSource });
  await linkPackages(root);
  await copy('runtime');
  await copy('LICENSE');
  // The module behind `import { defineConfig } from 'countersign'`, without the rest of the toolkit.
  for (const path of [
    'config/types.ts',
    'commands/diff/types.ts',
    'emit/emitter.ts',
    'emit/framework.ts',
    'model/types.ts',
    'common/diagnostics/diagnostic.ts',
  ])
    await cp(join(repository, 'scripts', path), join(root, 'toolkit', path), { recursive: true });
  const toolkit = { name: 'countersign', type: 'module', exports: { '.': './config/types.ts' } };
  await writeFile(join(root, 'toolkit/package.json'), JSON.stringify(toolkit));
  for (const provider of providers) {
    await copy(`specs/${provider}`);
    await copy(`generated/${provider}`);
    for (const file of ['signing.ts', 'hooks.ts']) await copy(`plugins/${provider}/${file}`).catch(() => undefined);
  }
  const manifest = { name: 'workspace', private: true, license: 'MIT', type: 'module' };
  await writeFile(join(root, 'package.json'), JSON.stringify(manifest));
  return {
    root,
    run: async (args, env = process.env) => {
      const { code, out, err } = await runCli({ args, cwd: root, env });
      return { code, stdout: out, stderr: err };
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
