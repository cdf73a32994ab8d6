import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { InputError } from '../diagnostic.ts';
import { generate } from '../generate.ts';
import type { Workspace } from '../workspace.ts';

/** Something that must be so before anything is published. */
export type Check = { readonly name: string; readonly problem: string | undefined; readonly help: string };

async function checkTree({ root }: Workspace): Promise<Check> {
  const help = 'Commit or remove what is listed by `git status`: a release is made of what the repository holds.';
  const changed = await promisify(execFile)('git', ['status', '--porcelain'], { cwd: root }).then(
    ({ stdout }) => stdout.split('\n').filter((line) => line !== ''),
    () => undefined,
  );
  if (changed === undefined) return { name: 'clean tree', problem: 'This is no git repository.', help };
  const problem = changed.length === 0 ? undefined : `${changed.length} files differ from the last commit.`;
  return { name: 'clean tree', problem, help };
}

async function checkGenerated(workspace: Workspace): Promise<Check> {
  const name = 'generated/ is what the specs make';
  const help = 'Run `countersign generate`, and commit the result.';
  try {
    const { reports } = await generate(workspace, { check: true, force: true });
    const differing = reports.flatMap(({ changed }) => changed);
    return { name, problem: differing.length === 0 ? undefined : `${differing.length} files differ.`, help };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { name, problem: `The specs have ${error.diagnostics.length} problems.`, help: 'Run `countersign lint`.' };
  }
}

/** Runs the tests in the open: whoever releases wants to see them. */
async function checkTests({ root, config }: Workspace): Promise<Check> {
  const command = config.release?.test ?? 'npm test';
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(command, { cwd: root, shell: true, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', reject);
    child.once('close', resolve);
  });
  const problem = code === 0 ? undefined : `\`${command}\` ended with ${code}.`;
  return { name: 'tests', problem, help: 'Mend what fails, and run the release again.' };
}

/** Cheap checks first; the tests run only when something is about to be published and all else is well. */
export async function runChecks(
  workspace: Workspace,
  { tests }: { readonly tests: boolean },
): Promise<readonly Check[]> {
  const checks = [await checkTree(workspace), await checkGenerated(workspace)];
  if (tests && checks.every(({ problem }) => problem === undefined)) checks.push(await checkTests(workspace));
  return checks;
}
