import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { CONFIG_FILE, loadConfig } from '../config.ts';
import { ALGORITHMS } from '../init/algorithms.ts';
import { isProviderName } from '../names.ts';
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
      if (!isProviderName(provider)) {
        output.err(
          `${JSON.stringify(provider)} cannot name a package. Use lower-case words with hyphens, such as dicey-fun.`,
        );
        process.exitCode = 1;
        return;
      }
      const [{ scaffoldProvider }, { importDocument }, { initProject, proposeScope }, { writeMissing }] =
        await Promise.all([
          import('../init/provider.ts'),
          import('../init/import-document.ts'),
          import('../init/project.ts'),
          import('../init/plan.ts'),
        ]);
      let workspace = given;
      // The first provider makes the workspace.
      if (!existsSync(join(given.root, CONFIG_FILE)) && !existsSync(given.specs)) {
        for (const { path, kind } of await initProject(given.root, proposeScope(given.root)))
          output.out(`${kind.padEnd(7)} ${path}`);
        workspace = openWorkspace(given.root, await loadConfig(given.root));
      }
      if (existsSync(specFile(workspace, provider))) {
        output.err(`specs/${provider}/openapi.yaml is there already; it is kept as it is.`);
        process.exitCode = 1;
        return;
      }
      const document = from === undefined ? undefined : await importDocument(from, workspace.root);
      const files = await writeMissing(workspace.root, scaffoldProvider(workspace, { provider, signing, document }));
      for (const { path, kind } of files) output.out(`${kind.padEnd(7)} ${path}`);
      if (document !== undefined && signing !== undefined)
        output.out(
          `Next: say \`x-cs-signing: { algorithm: ${signing}, … }\` on the security scheme, and name it in signing.ts.`,
        );
      output.out('Next: countersign generate');
    });
}
