import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { scaffoldProvider } from '../../scripts/commands/init/provider.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { makeWorkspace, repository } from '../build/make-workspace.ts';

const run = promisify(execFile);
const output = (error: { stdout: string }): { stdout: string } => ({ stdout: error.stdout });

/** A project with a provider for each preset, as `add --signing` writes it: what the compiler and its tests say. */
export async function tryProject(
  presets: readonly string[],
): Promise<{ readonly types: string; readonly tests: string }> {
  const project = await makeWorkspace([]);
  try {
    await project.run(['init']);
    for (const name of presets)
      for (const { path, text } of scaffoldProvider(openWorkspace(project.root), {
        provider: name,
        signing: name,
        signer: false,
        imported: undefined,
      })) {
        await mkdir(dirname(join(project.root, path)), { recursive: true });
        await writeFile(join(project.root, path), text);
      }
    const { code, stderr } = await project.run(['generate']);
    if (code !== 0) throw new Error(stderr);
    const tsc = join(repository, 'node_modules/typescript-7/bin/tsc');
    const types = await run(process.execPath, [tsc, '-p', project.root]).catch(output);
    const globs = ['test/*.test.ts', 'generated/*/test/*.test.ts'];
    const tests = await run(process.execPath, ['--test', '--test-reporter=tap', ...globs], {
      cwd: project.root,
      maxBuffer: 1e8,
    }).catch(output);
    return { types: types.stdout, tests: tests.stdout };
  } finally {
    await project.remove();
  }
}

/** Tests that `add` and `generate` write for one preset: two calls, and each vector twice. */
export const testsOf = (vectors: number): number => 2 + 2 * vectors;
