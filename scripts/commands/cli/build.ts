import { Command } from 'commander';
import { chooseProviders, type Workspace } from '../../config/workspace.ts';
import type { Output } from './output.ts';
import { table } from './table.ts';

/** `build`: the packages as they are published. */
export function buildCommand(workspace: Workspace, output: Output): Command {
  return new Command('build')
    .description('build the npm packages in generated/<provider>/dist')
    .argument('[provider...]', 'providers to build; default: all')
    .action(async (asked: string[]) => {
      const { buildProviders } = await import('../build/build.ts');
      const providers = await chooseProviders(workspace, asked);
      const reports = await buildProviders(workspace, providers, {
        onProvider: (name) => output.step(`building ${name}`),
      });
      output.progress('');
      const rows = reports.map(({ provider, files, kilobytes, ms }) => [
        provider,
        String(files),
        String(kilobytes),
        ms.toFixed(0),
      ]);
      for (const line of table(['provider', 'files', 'KiB', 'ms'], rows, output.interactive)) output.out(line);
      for (const { entry, needs } of new Map(
        reports.flatMap(({ missing }) => missing.map((each) => [each.entry, each])),
      ).values())
        output.out(`Skipped ${entry}: it requires ${needs}. To include it: npm install --save-dev ${needs}`);
    });
}
