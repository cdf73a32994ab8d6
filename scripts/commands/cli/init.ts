import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Command, Option } from 'commander';
import { refusal } from '../../common/diagnostics/troubleshooting.ts';
import type { Workspace } from '../../config/workspace.ts';
import { CI_SERVERS, type CiServer, ciFiles } from '../init/ci.ts';
import { EDITORS, type Editor, editorFiles } from '../init/editor.ts';
import type { Output } from './output.ts';

type Flags = { readonly yes?: true; readonly scope?: string; readonly editor?: Editor; readonly ci?: CiServer };

async function askScope(proposed: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await lines.question(`npm scope of the generated packages (${proposed}): `)).trim() || proposed;
  } finally {
    lines.close();
  }
}

/** `init`: creates a workspace in a folder. Prompts once, or not at all with --yes or without a terminal. */
export function initCommand(workspace: Workspace, output: Output): Command {
  return new Command('init')
    .description(
      'Create a workspace in this folder: configuration, compiler options and scripts; existing files are kept',
    )
    .option('--yes', 'Accept the defaults without prompts')
    .option('--scope <@name>', 'Use this npm scope for the generated packages, such as @acme')
    .addOption(new Option('--editor <name>', 'Add settings, tasks and a problem matcher').choices(EDITORS))
    .addOption(new Option('--ci <name>', 'Add workflows that check pull requests and publish').choices(CI_SERVERS))
    .action(async ({ yes, scope, editor, ci }: Flags) => {
      const [{ initProject, proposeScope }, { requireFolders, toldFile, writeMissing }, { SCOPE }] = await Promise.all([
        import('../init/project.ts'),
        import('../init/plan.ts'),
        import('../../config/schema.ts'),
      ]);
      const proposed = scope ?? proposeScope(workspace.root);
      const chosen = yes || scope !== undefined || !output.interactive ? proposed : await askScope(proposed);
      if (!SCOPE.test(chosen))
        throw refusal(
          'init-scope',
          `${chosen} is not a valid npm scope.`,
          'Use lower-case letters, such as `@acme`.',
          '--scope',
        );
      const more = [...(editor === undefined ? [] : editorFiles(editor)), ...(ci === undefined ? [] : ciFiles(ci))];
      requireFolders(workspace.root, more);
      const files = [...(await initProject(workspace.root, chosen)), ...(await writeMissing(workspace.root, more))];
      for (const file of files) output.out(toldFile(file));
      const installed = ['countersign', '@countersign/runtime'].every((name) =>
        existsSync(join(workspace.root, 'node_modules', name)),
      );
      output.out(`Next: ${installed ? '' : 'npm install, then '}npx countersign add <provider>`);
    });
}
