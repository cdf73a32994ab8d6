import { Command, InvalidArgumentError, Option } from 'commander';
import { type Finding, findingsOf } from '../../common/diagnostics/formats.ts';
import { shortenList } from '../../common/diagnostics/report.ts';
import { explained } from '../../common/diagnostics/troubleshooting.ts';
import { jsonText } from '../../common/text/literal.ts';
import { loadConfig } from '../../config/index.ts';
import { openWorkspace, type Workspace } from '../../config/workspace.ts';
import { watchedSources } from '../../generate/emitter-sources.ts';
import {
  type GenerateOptions,
  type GenerateResult,
  generate,
  openKept,
  type ProviderReport,
} from '../../generate/index.ts';
import { OutdatedError } from '../../generate/outdated.ts';
import { type FormatFlags, formatOf, formatOption, printFailureAs, printFindings } from './format.ts';
import { NOTHING_WRITTEN } from './nothing-written.ts';
import { type Output, printDiagnostics, printFailure, printFaults } from './output.ts';
import { table } from './table.ts';
import { type Settle, watch } from './watch.ts';

type Shard = { readonly index: number; readonly count: number };
type Flags = FormatFlags & {
  readonly check?: true;
  readonly watch?: true;
  readonly force?: true;
  readonly keepGoing?: true;
  readonly shard?: Shard;
};

function readShard(text: string): Shard {
  const [, index = 0, count = 0] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number);
  if (index < 1 || index > count)
    throw new InvalidArgumentError('Expected part/parts, such as 1/4 for the first of four parts.');
  return { index, count };
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** The last line: the number of written files, or that nothing changed. */
function summarize({ reports, leftovers, problems, faults }: GenerateResult, changed: number): string {
  const clean = changed + leftovers.length + problems.length + faults.length === 0;
  if (!clean) return `${counted(changed, 'file')} written.`;
  return `Checked ${counted(reports.length, 'spec')} and their plugins. generated/ is up to date.`;
}

function rowsOf(reports: readonly ProviderReport[]): readonly (readonly string[])[] {
  return reports.map(({ provider, operations, files, changed, ms }) => [
    provider,
    String(operations),
    String(files),
    String(changed.length),
    ms.toFixed(0),
  ]);
}

async function report(result: GenerateResult, flags: Flags, output: Output): Promise<number> {
  const { reports, leftovers, warnings, problems, faults, sources } = result;
  const changed = reports.flatMap(({ changed: paths }) => paths);
  const differing = [...changed, ...leftovers.map(({ path }) => path)];
  const differs = flags.check === true && differing.length > 0;
  const failed = differs || problems.length > 0 || faults.length > 0;
  // A bug in the toolkit sets the exit code, even if there are errors in the input.
  const code = faults.length > 0 ? 2 : failed ? 1 : 0;
  const format = formatOf(flags);
  if (format !== undefined && format !== 'json') {
    const differences = differs ? differing.map(differenceOf) : [];
    await printFindings(
      format,
      [['generate', [...findingsOf([...warnings, ...problems]), ...differences]]],
      'generate',
      output,
    );
    printFaults(faults, output);
    return code;
  }
  if (format === 'json') {
    output.out(
      jsonText({
        ok: !failed,
        reports,
        leftovers,
        warnings,
        ...(problems.length > 0 && { diagnostics: problems }),
        ...(faults.length > 0 && { faults }),
      }),
    );
    return code;
  }
  await printDiagnostics([...warnings, ...problems], sources, output);
  for (const line of table(
    ['provider', 'operations', 'files', flags.check ? 'differ' : 'changed', 'ms'],
    rowsOf(reports),
    output.interactive,
  )) {
    output.out(line);
  }
  for (const { provider, unhandled } of reports) {
    if (unhandled.length > 0) output.out(`${provider}: no handler yet for ${shortenList(unhandled)} (501)`);
  }
  if (differs) {
    for (const path of differing) output.err(`differs: ${path}`);
    const text = 'generated/ is out of date. Run `npm run generate` and commit the result.';
    output.err(explained('generated-differs', text));
    printFaults(faults, output);
    return code;
  }
  for (const { path, isOurs } of leftovers)
    if (isOurs && !flags.check) output.out(`${path}: removed, because its spec was removed`);
  if (flags.check && !failed) output.out('generated/ is up to date.');
  else if (!flags.check) output.out(summarize(result, changed.length));
  printFaults(faults, output);
  if (problems.length + faults.length > 0) output.err('Providers with errors were not changed.');
  return code;
}

const differenceOf = (file: string): Finding => ({
  level: 'error',
  code: 'generated-differs',
  text: 'The generated file is out of date. Run `npm run generate` and commit the result.',
  file,
  line: 1,
  column: 1,
});

/** The command `generate`. */
export function generateCommand(workspace: Workspace, output: Output): Command {
  return new Command('generate')
    .description('Generate packages from specs and plugins')
    .argument('[provider...]', 'Providers to generate; default: all')
    .option('--check', 'Write nothing; exit with 1 if generated/ is out of date')
    .addOption(new Option('--watch', 'Watch for changes and regenerate the affected providers').conflicts('check'))
    .option('--force', 'Ignore the cache and regenerate everything')
    .option('--keep-going', 'Write valid providers even if other specs have errors')
    .option(
      '--shard <part/parts>',
      'Generate one part of the providers, such as 1/4, to split the work between machines',
      readShard,
    )
    .option('--json', 'Print the result as JSON')
    .addOption(formatOption())
    .action(async (providers: string[], flags: Flags) => {
      const options: GenerateOptions = {
        providers,
        check: flags.check === true,
        force: flags.force === true,
        keepGoing: flags.keepGoing === true,
        ...(flags.shard && { shard: flags.shard }),
        ...(flags.watch && { kept: openKept() }),
        onProvider: (provider) => output.progress(`${provider} …`),
      };
      const unwritten = flags.check ? undefined : NOTHING_WRITTEN;
      let current = workspace;
      let { revision } = workspace;
      const run = async (only: readonly string[], force: boolean, settle?: Settle): Promise<number> => {
        try {
          const result = await generate(current, {
            ...options,
            providers: only,
            force,
            ...(settle && { settle: async () => (await settle()).repeatable }),
          });
          output.progress('');
          return await report(result, flags, output);
        } catch (error) {
          const { changed = false, repeatable = false } = (await settle?.()) ?? {};
          if (error instanceof OutdatedError || (changed && repeatable)) throw new OutdatedError();
          return printFailureAs(formatOf(flags), error, 'generate', output, unwritten);
        }
      };
      process.exitCode = await run(providers, options.force === true);
      if (flags.watch) {
        await watch(
          workspace,
          providers,
          (touched, settle) => run(touched, false, settle),
          undefined,
          () => output.out('Watching specs/, plugins/ and countersign.config.ts. Press Ctrl-C to stop.'),
          {
            sources: () => watchedSources(current),
            read: async () => {
              try {
                revision += 1;
                current = openWorkspace(current.root, await loadConfig(current.root, revision), revision);
                return true;
              } catch (error) {
                await printFailure(error, output, unwritten);
                return false;
              }
            },
          },
        );
      }
    });
}
