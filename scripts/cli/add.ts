import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Command, Option } from 'commander';
import { CONFIG_FILE, loadConfig } from '../config.ts';
import { ALGORITHMS } from '../init/algorithms.ts';
import { isProviderName } from '../names.ts';
import { refusal } from '../troubleshooting.ts';
import { openWorkspace, specFile, type Workspace } from '../workspace.ts';
import type { Output } from './output.ts';

type Flags = { readonly signing?: string; readonly from?: string };

/** `add`: spec, signer and test of a new provider, or a contract that is there already. */
export function addCommand(given: Workspace, output: Output): Command {
  return new Command('add')
    .description('start a provider: spec, signer with a test vector, tests')
    .argument('<provider>', 'its folder below specs/, for example acme')
    .addOption(new Option('--signing <algorithm>', 'requests are signed').choices(Object.keys(ALGORITHMS)))
    .option('--from <file or URL>', 'an OpenAPI 3.0 or 3.1 document to start from')
    .action(async (provider: string, { signing, from }: Flags) => {
      if (!isProviderName(provider))
        throw refusal(
          'provider-name',
          `${JSON.stringify(provider)} cannot name a package.`,
          'Use lower-case words with hyphens, such as `dicey-fun`.',
          `specs/${provider}`,
        );
      const [{ scaffoldProvider }, { importDocument }, { initProject, proposeScope }, { toldFile, writeMissing }] =
        await Promise.all([
          import('../init/provider.ts'),
          import('../init/import-document.ts'),
          import('../init/project.ts'),
          import('../init/plan.ts'),
        ]);
      // Before anything is written: it may be refused.
      const imported = from === undefined ? undefined : await importDocument(from, given.root);
      let workspace = given;
      // The first provider makes the workspace.
      if (!existsSync(join(given.root, CONFIG_FILE)) && !existsSync(given.specs)) {
        for (const file of await initProject(given.root, proposeScope(given.root))) output.out(toldFile(file));
        workspace = openWorkspace(given.root, await loadConfig(given.root));
      }
      const spec = relative(workspace.root, specFile(workspace, provider));
      if (existsSync(specFile(workspace, provider)))
        throw refusal('provider-exists', `${spec} is there already.`, 'Edit it, or choose another name.', spec);
      const document = imported?.text;
      const files = await writeMissing(workspace.root, scaffoldProvider(workspace, { provider, signing, document }));
      for (const file of files) output.out(toldFile(file));
      for (const note of imported?.notes ?? []) output.out(`  ${note}`);
      if (imported !== undefined) {
        const { relaxLint } = await import('../init/relax-lint.ts');
        const note = await relaxLint(workspace.root, provider, specFile(workspace, provider));
        if (note !== undefined) output.out(`  ${note}`);
      }
      if (document !== undefined && signing !== undefined)
        output.out(
          `Next: say \`x-cs-signing: { algorithm: ${signing}, … }\` on the security scheme, and name it in signing.ts.`,
        );
      output.out('Next: countersign generate');
    });
}
