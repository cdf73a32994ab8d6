import { relative } from 'node:path';
import { Command } from 'commander';
import { jsonText } from '../../common/text/literal.ts';
import { chooseProviders, type Workspace } from '../../config/workspace.ts';
import { type FormatFlags, formatOf, formatOption, printFindings, stepsOf } from './format.ts';
import type { Output } from './output.ts';
import { table } from './table.ts';

/** `docs`: a reference page for each provider, and an index. */
export function docsCommand(workspace: Workspace, output: Output): Command {
  return new Command('docs')
    .description('Build self-contained reference pages; `mock` serves them at /docs')
    .argument('[provider...]', 'Providers to document; default: all')
    .option('--out <folder>', 'Write the pages to this folder; default: dist/docs')
    .option('--json', 'Print the result as JSON')
    .addOption(formatOption())
    .action(async (asked: string[], { out, ...flags }: FormatFlags & { readonly out?: string }) => {
      const format = formatOf(flags);
      const step = stepsOf(format, output);
      const providers = await chooseProviders(workspace, asked);
      const { buildDocs } = await import('../docs/build-docs.ts');
      const { folder, pages } = await buildDocs(workspace, providers, out, (provider) =>
        step(`building the page of ${provider}`),
      );
      output.progress('');
      if (format === 'json') return output.out(jsonText({ ok: true, folder, pages }));
      if (format !== undefined) {
        const suites = pages.map(({ provider }) => [provider, []] as const);
        return printFindings(format, suites, 'docs', output);
      }
      const rows = pages.map(({ provider, operations, bytes }) => [
        provider,
        String(operations),
        (bytes / 1024).toFixed(0),
      ]);
      for (const line of table(['page', 'operations', 'KiB'], rows, output.interactive)) output.out(line);
      output.out(`${pages.length + 1} pages in ${relative(workspace.root, folder) || folder}.`);
    });
}
