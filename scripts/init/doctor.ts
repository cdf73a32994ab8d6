import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CONFIG_FILE, loadConfig } from '../config.ts';
import { InputError } from '../diagnostic.ts';
import { generate } from '../generate.ts';
import { isInstalled } from '../installed.ts';
import { chooseProviders, type Workspace } from '../workspace.ts';

export type Finding = { readonly name: string; readonly problem?: string; readonly help: string };

const NODE = [24, 18] as const;

function examineNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const name = `Node ${process.versions.node}`;
  const old = major < NODE[0] || (major === NODE[0] && minor < NODE[1]);
  return { name, ...(old && { problem: `older than ${NODE.join('.')}.` }), help: 'npm install --save-dev node@24' };
}

/** What generated code imports, as this project's code finds it. */
function examinePackage(root: string, name: string): Finding {
  return {
    name,
    ...(!isInstalled(root, name) && { problem: 'is not installed.' }),
    help: `npm install --save-dev ${name}`,
  };
}

async function examineConfig(root: string): Promise<Finding> {
  const name = existsSync(join(root, CONFIG_FILE)) ? CONFIG_FILE : `${CONFIG_FILE} (defaults, there is none)`;
  return loadConfig(root).then(
    () => ({ name, help: '' }),
    (error: Error) => ({ name, problem: error.message, help: '' }),
  );
}

async function examineSpecs(workspace: Workspace): Promise<readonly Finding[]> {
  const name = 'specs';
  try {
    const providers = await chooseProviders(workspace, []);
    const { reports } = await generate(workspace, { check: true });
    const differing = reports.filter(({ changed }) => changed.length > 0).map(({ provider }) => provider);
    const unhandled = reports.flatMap(({ provider, unhandled: names }) =>
      names.map((operation) => `${provider}.${operation}`),
    );
    return [
      { name: `specs: ${providers.join(', ')}`, help: '' },
      {
        name: 'generated code',
        ...(differing.length > 0 && { problem: `is not what the specs make (${differing.join(', ')}).` }),
        help: 'countersign generate',
      },
      {
        name:
          unhandled.length === 0
            ? 'every operation has a handler'
            : `answer 501, which is fine for a client: ${unhandled.join(', ')}`,
        help: '',
      },
    ];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return [
      {
        name,
        problem: `${error.diagnostics.length} problems; the first: ${error.diagnostics[0]?.message}`,
        help: 'countersign lint',
      },
    ];
  }
}

/** Looks at what commonly goes wrong, from the ground up. */
export async function examine(workspace: Workspace): Promise<readonly Finding[]> {
  const { root } = workspace;
  return [
    examineNode(),
    examinePackage(root, '@countersign/runtime'),
    examinePackage(root, 'zod'),
    await examineConfig(root),
    ...(await examineSpecs(workspace)),
  ];
}
