import { join, relative } from 'node:path';
import { Command } from 'commander';
import type { Finding } from '../../common/diagnostics/formats.ts';
import { jsonText } from '../../common/text/literal.ts';
import { chooseProviders, type Workspace } from '../../config/workspace.ts';
import { type Missing, skipped } from '../build/entries.ts';
import { type FormatFlags, formatOf, formatOption, printFindings, stepsOf } from './format.ts';
import type { Output } from './output.ts';
import { table } from './table.ts';

/** An entry point that is missing in a package. */
export const skippedFinding = (missing: Missing, file: string): Finding => ({
  level: 'warning',
  code: 'build-skipped',
  text: skipped(missing),
  file,
  line: 1,
  column: 1,
});

/** `build`: the packages as they are published. */
export function buildCommand(workspace: Workspace, output: Output): Command {
  return new Command('build')
    .description('Build the npm packages in generated/<provider>/dist')
    .argument('[provider...]', 'Providers to build; default: all')
    .option('--json', 'Print the result as JSON')
    .addOption(formatOption())
    .action(async (asked: string[], flags: FormatFlags) => {
      const format = formatOf(flags);
      const step = stepsOf(format, output);
      const { buildProviders } = await import('../build/build.ts');
      const providers = await chooseProviders(workspace, asked);
      const reports = await buildProviders(workspace, providers, {
        onProvider: (name) => step(`building ${name}`),
      });
      output.progress('');
      if (format === 'json') return output.out(jsonText({ ok: true, packages: reports }));
      if (format !== undefined) {
        const suites = reports.map(({ provider, folder, missing }) => {
          const file = relative(workspace.root, join(folder, 'package.json'));
          return [provider, missing.map((each) => skippedFinding(each, file))] as const;
        });
        return printFindings(format, suites, 'build', output);
      }
      const rows = reports.map(({ provider, files, kilobytes, ms }) => [
        provider,
        String(files),
        String(kilobytes),
        ms.toFixed(0),
      ]);
      for (const line of table(['provider', 'files', 'KiB', 'ms'], rows, output.interactive)) output.out(line);
      for (const line of new Set(reports.flatMap(({ missing }) => missing.map(skipped)))) output.out(line);
    });
}
