import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../common/diagnostics/diagnostic.ts';
import { countDiagnostics, sortDiagnostics } from '../../common/diagnostics/report.ts';
import { CONFIG_FILE, loadConfig } from '../../config/index.ts';
import { chooseProviders, type Workspace } from '../../config/workspace.ts';
import { generate } from '../../generate/index.ts';
import { isInstalled } from '../build/installed.ts';
import { readProjectManifest } from './manifest.ts';

/** `code` identifies the entry in docs/troubleshooting.md. Present if there is an error. */
export type Finding = {
  readonly name: string;
  /** The subject of the name or the error. A terminal shows the first items of a long list. */
  readonly items?: readonly string[];
  readonly problem?: string;
  readonly code?: string;
  readonly help: string;
};

const NODE = [24, 18] as const;

function examineNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const name = `Node ${process.versions.node}`;
  const old = major < NODE[0] || (major === NODE[0] && minor < NODE[1]);
  const wrong = { problem: `is older than ${NODE.join('.')}.`, code: 'doctor-node' };
  return { name, ...(old && wrong), help: 'npm install --save-dev node@24' };
}

/** The dependencies of generated code, as this project's code resolves them. */
function examinePackage(root: string, name: string): Finding {
  const wrong = { problem: 'is not installed.', code: 'doctor-package' };
  return { name, ...(!isInstalled(root, name) && wrong), help: `npm install --save-dev ${name}` };
}

/** Generated code and plugins are ECMAScript modules. */
async function examineModules(root: string): Promise<readonly Finding[]> {
  const name = 'package.json';
  const wrong = { problem: 'does not contain `"type": "module"`.', code: 'doctor-modules' };
  const help = 'Add `"type": "module"`, or move the workspace to a folder with its own package.json.';
  return readProjectManifest(root).then(
    (manifest) => [{ name, ...(manifest?.type !== 'module' && wrong), help }],
    problemsOf,
  );
}

/** One finding for each error in the input. A bug in the toolkit is thrown. */
function problemsOf(error: unknown): readonly Finding[] {
  if (!(error instanceof InputError)) throw error;
  return error.diagnostics.map(({ at, code, message, help }) => ({
    name: `${at.file}:${at.line}:${at.column}`,
    problem: message,
    code,
    help,
  }));
}

async function examineConfig({ root, revision }: Workspace): Promise<readonly Finding[]> {
  const name = existsSync(join(root, CONFIG_FILE)) ? CONFIG_FILE : `${CONFIG_FILE} (not found, defaults are used)`;
  return loadConfig(root, revision).then(() => [{ name, help: '' }], problemsOf);
}

async function examineSpecs(workspace: Workspace): Promise<readonly Finding[]> {
  try {
    const providers = await chooseProviders(workspace, []);
    const { reports } = await generate(workspace, { check: true });
    const differing = reports.filter(({ changed }) => changed.length > 0).map(({ provider }) => provider);
    const unhandled = reports.flatMap(({ provider, unhandled: names }) =>
      names.map((operation) => `${provider}.${operation}`),
    );
    const wrong = { problem: 'is out of date', items: differing, code: 'release-generated' };
    return [
      { name: 'specs', items: providers, help: '' },
      { name: 'generated code', ...(differing.length > 0 && wrong), help: 'countersign generate' },
      unhandled.length === 0
        ? { name: 'every operation has a handler', help: '' }
        : { name: 'operations without a handler (only a server needs them)', items: unhandled, help: '' },
    ];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const first = sortDiagnostics(error.diagnostics).find(({ severity }) => severity === 'error');
    return [
      {
        name: 'specs',
        problem: `${countDiagnostics(error.diagnostics)}. First: ${first?.message}`,
        ...(first && { code: first.code }),
        help: 'countersign lint',
      },
    ];
  }
}

/** Checks the common causes of errors, beginning with the environment. */
export async function examine(workspace: Workspace): Promise<readonly Finding[]> {
  const { root } = workspace;
  return [
    examineNode(),
    examinePackage(root, '@countersign/runtime'),
    examinePackage(root, 'zod'),
    ...(await examineModules(root)),
    ...(await examineConfig(workspace)),
    ...(await examineSpecs(workspace)),
  ];
}
