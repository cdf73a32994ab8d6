import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Command, Option } from 'commander';
import { explained, refusal } from '../../common/diagnostics/troubleshooting.ts';
import { isProviderName } from '../../common/text/names.ts';
import { CONFIG_FILE } from '../../config/index.ts';
import { specFile, type Workspace } from '../../config/workspace.ts';
import { ALGORITHMS } from '../init/algorithms.ts';
import { presetNames } from '../init/presets.ts';
import type { Output } from './output.ts';

/** Schemes of the catalogue, which need no code, before algorithms to write a signer for. */
const SIGNINGS = [...new Set([...presetNames, ...Object.keys(ALGORITHMS)])];

type Flags = { readonly signing?: string; readonly signer?: boolean; readonly from?: string };

/** `add`: spec, signer and test of a new provider, or a contract that is there already. */
export function addCommand(workspace: Workspace, output: Output): Command {
  return new Command('add')
    .description('start a provider: spec, signer with a test vector, tests')
    .argument('<provider>', 'its folder below specs/, for example acme')
    .addOption(new Option('--signing <algorithm>', 'requests are signed').choices(SIGNINGS))
    .option('--signer', 'write a signer in TypeScript where a recipe would do')
    .option('--from <file or URL>', 'an OpenAPI 3.0 or 3.1 document to start from')
    .action(async (provider: string, { signing, signer = false, from }: Flags) => {
      if (!isProviderName(provider))
        throw refusal(
          'provider-name',
          `${JSON.stringify(provider)} cannot name a package.`,
          'Use lower-case words with hyphens, such as `dicey-fun`.',
          `specs/${provider}`,
        );
      if (signer && (signing === undefined || !Object.hasOwn(ALGORITHMS, signing)))
        throw refusal(
          'add-signer',
          `\`--signer\` needs an algorithm${signing === undefined ? '' : `, and \`${signing}\` is a recipe`}.`,
          `Write \`--signing\` with one of ${Object.keys(ALGORITHMS).join(', ')}.`,
          `specs/${provider}`,
        );
      const [
        { scaffoldProvider },
        { importDocument },
        { initProject, proposeScope },
        { requireFolders, toldFile, writeMissing },
      ] = await Promise.all([
        import('../init/provider.ts'),
        import('../init/import-document.ts'),
        import('../init/project.ts'),
        import('../init/plan.ts'),
      ]);
      const { root } = workspace;
      const spec = relative(root, specFile(workspace, provider));
      if (existsSync(specFile(workspace, provider)))
        throw refusal('provider-exists', `${spec} is there already.`, 'Edit it, or choose another name.', spec);
      // The first provider makes the workspace.
      const isFirst = !existsSync(join(root, CONFIG_FILE)) && !existsSync(workspace.specs);
      // Before anything is written: it may be refused.
      const imported = from === undefined ? undefined : await importDocument(from, root, output.step);
      output.progress('');
      const planned = scaffoldProvider(workspace, { provider, signing, signer, imported });
      requireFolders(root, planned);
      const files = isFirst ? [...(await initProject(root, proposeScope(root)))] : [];
      for (const file of [...files, ...(await writeMissing(root, planned))]) output.out(toldFile(file));
      for (const note of imported?.notes ?? []) output.out(`  ${note}`);
      if (imported !== undefined) {
        const { relaxLint } = await import('../init/relax-lint.ts');
        output.step(`checking ${spec}`);
        const note = await relaxLint(root, provider, specFile(workspace, provider));
        output.progress('');
        if (note !== undefined) output.out(`  ${note}`);
      }
      if (signing !== undefined && imported?.signers.length === 0) {
        const next = `Next: say \`x-cs-signing: { algorithm: ${signing}, … }\` on a security scheme; none says so, and no signer was written.`;
        output.out(explained('signer-missing', next));
      }
      output.out('Next: countersign generate');
    });
}
