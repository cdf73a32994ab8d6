import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { InputError } from '../../common/diagnostics/diagnostic.ts';
import { countDiagnostics } from '../../common/diagnostics/report.ts';
import type { Workspace } from '../../config/workspace.ts';
import { generate } from '../../generate/index.ts';
import { readProjectManifest } from '../init/manifest.ts';
import { readIfThere } from '../init/plan.ts';

/** A condition that must hold before anything is published. */
export type Check = {
  readonly name: string;
  /** Its entry in docs/troubleshooting.md. */
  readonly code: 'release-tree' | 'release-generated' | 'release-license' | 'release-tests';
  readonly problem: string | undefined;
  readonly help: string;
};

const files = (count: number): string => (count === 1 ? '1 file differs' : `${count} files differ`);

async function checkTree({ root }: Workspace): Promise<Check> {
  const named = { name: 'clean tree', code: 'release-tree' } as const;
  const help = 'Commit or remove the files listed by `git status`. A release contains only committed files.';
  const changed = await promisify(execFile)('git', ['status', '--porcelain'], { cwd: root }).then(
    ({ stdout }) => stdout.split('\n').filter((line) => line !== ''),
    () => undefined,
  );
  if (changed === undefined)
    return {
      ...named,
      problem: 'The folder is not a git repository.',
      help: 'Run `git init`, and commit the files. A release contains only committed files.',
    };
  const problem = changed.length === 0 ? undefined : `${files(changed.length)} from the last commit.`;
  return { ...named, problem, help };
}

async function checkGenerated(workspace: Workspace): Promise<Check> {
  const named = { name: 'generated/ is up to date', code: 'release-generated' } as const;
  const help = 'Run `countersign generate`, and commit the result.';
  try {
    const { reports } = await generate(workspace, { check: true, force: true });
    const differing = reports.flatMap(({ changed }) => changed);
    return { ...named, problem: differing.length === 0 ? undefined : `${files(differing.length)}.`, help };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return {
      ...named,
      problem: `The specs have ${countDiagnostics(error.diagnostics)}.`,
      help: 'Run `countersign lint`.',
    };
  }
}

/** Licences that do not require their text, and packages without a licence. */
const WITHOUT_TEXT = new Set(['UNLICENSED', '0BSD', 'CC0-1.0', 'MIT-0', 'Unlicense']);

async function checkLicense({ root }: Workspace): Promise<Check> {
  const license = (await readProjectManifest(root))?.license ?? 'UNLICENSED';
  const lacks = !WITHOUT_TEXT.has(license) && (await readIfThere(join(root, 'LICENSE'))) === undefined;
  return {
    name: 'licence',
    code: 'release-license',
    problem: lacks
      ? `package.json declares the license ${JSON.stringify(license)}, but the file LICENSE is missing.`
      : undefined,
    help: 'Add the license text as LICENSE, or write "license": "UNLICENSED".',
  };
}

/** Conditions that must hold before the changes are computed. */
export const runChecks = async (workspace: Workspace): Promise<readonly Check[]> => [
  await checkTree(workspace),
  await checkGenerated(workspace),
  await checkLicense(workspace),
];

/** Runs the tests with visible output for the user. */
export async function checkTests({ root, config }: Workspace): Promise<Check> {
  const command = config.release?.test ?? 'npm test';
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(command, { cwd: root, shell: true, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', reject);
    child.once('close', resolve);
  });
  const problem = code === 0 ? undefined : `\`${command}\` failed with exit code ${code}.`;
  return { name: 'tests', code: 'release-tests', problem, help: 'Fix the failing tests, then run the release again.' };
}
