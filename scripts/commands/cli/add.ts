import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Command, Option } from 'commander';
import { refusal } from '../../common/diagnostics/troubleshooting.ts';
import { jsonText } from '../../common/text/literal.ts';
import { isProviderName } from '../../common/text/names.ts';
import { CONFIG_FILE } from '../../config/index.ts';
import { specFile, type Workspace } from '../../config/workspace.ts';
import { ALGORITHMS } from '../init/algorithms.ts';
import { SIGNINGS } from '../init/signings.ts';
import { type FormatFlags, formatOf, formatOption, printFindings, stepsOf } from './format.ts';
import type { Output } from './output.ts';

type Flags = FormatFlags & { readonly signing?: string; readonly signer?: boolean; readonly from?: string };

/** Changes to a document that was imported need no fix. */
const NOTE = { level: 'note', code: 'add-imported', line: 1, column: 1 } as const;

/** `add`: creates the spec, signer and test of a new provider, or imports an existing contract. */
export function addCommand(workspace: Workspace, output: Output): Command {
  return new Command('add')
    .description('Add a provider: a spec, a signer with a test vector, and tests')
    .argument('<provider>', 'Name of the folder below specs/, such as acme')
    .addOption(
      new Option(
        '--signing <scheme>',
        'Sign requests with this recipe; sha256, hmac-sha… and ed25519 write a signer in TypeScript instead',
      ).choices(SIGNINGS),
    )
    .option('--signer', 'Write a signer in TypeScript instead of a recipe')
    .option('--from <file or URL>', 'Start from this OpenAPI 3.0, 3.1 or 3.2 document')
    .option('--json', 'Print the result as JSON')
    .addOption(formatOption())
    .action(async (provider: string, { signing, signer = false, from, ...flags }: Flags) => {
      const format = formatOf(flags);
      const step = stepsOf(format, output);
      if (!isProviderName(provider))
        throw refusal(
          'provider-name',
          `${JSON.stringify(provider)} is not a valid provider name.`,
          'Use lower-case words with hyphens, such as `dicey-fun`.',
          `specs/${provider}`,
        );
      if (signer && (signing === undefined || !Object.hasOwn(ALGORITHMS, signing)))
        throw refusal(
          'add-signer',
          `\`--signer\` requires an algorithm${signing === undefined ? '' : `, but \`${signing}\` is a recipe`}.`,
          `Write \`--signing\` with one of ${Object.keys(ALGORITHMS).join(', ')}.`,
          `specs/${provider}`,
        );
      const [
        { scaffoldProvider, schemeToAdd },
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
        throw refusal(
          'provider-exists',
          `${spec} already exists.`,
          'Edit the existing spec, or choose another name.',
          spec,
        );
      // The first provider creates the workspace.
      const isFirst = !existsSync(join(root, CONFIG_FILE)) && !existsSync(workspace.specs);
      // Before anything is written, because the input may be rejected.
      const added = signing === undefined ? undefined : schemeToAdd(provider, signing, signer);
      const imported = from === undefined ? undefined : await importDocument(from, root, step, added);
      output.progress('');
      const planned = scaffoldProvider(workspace, { provider, signing, signer, imported });
      requireFolders(root, planned);
      const files = isFirst ? [...(await initProject(root, proposeScope(root)))] : [];
      const written = [...files, ...(await writeMissing(root, planned))];
      const notes = [...(imported?.notes ?? [])];
      const say = (lines: readonly string[]): void => {
        if (format === undefined) for (const line of lines) output.out(line);
      };
      say([...written.map(toldFile), ...notes.map((note) => `  ${note}`)]);
      if (imported !== undefined) {
        const { relaxLint } = await import('../init/relax-lint.ts');
        step(`checking ${spec}`);
        const found = await relaxLint(root, provider, specFile(workspace, provider));
        output.progress('');
        notes.push(...found);
        say(found.map((note) => `  ${note}`));
      }
      if (format === 'json') return output.out(jsonText({ ok: true, files: written, notes }));
      if (format !== undefined) {
        const found = notes.map((text) => ({ ...NOTE, text, file: spec }));
        return printFindings(format, [[provider, found]], 'add', output);
      }
      output.out('Next: npx countersign generate');
    });
}
