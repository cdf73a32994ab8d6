import { Option } from 'commander';
import { FaultError, InputError } from '../../common/diagnostics/diagnostic.ts';
import {
  asGithub,
  asJunit,
  asMarkdown,
  asSarif,
  FORMATS,
  type Format,
  findingsOf,
  type Suites,
} from '../../common/diagnostics/formats.ts';
import { jsonText } from '../../common/text/literal.ts';
import { type Output, printFailure } from './output.ts';
import { ownVersion } from './own-version.ts';

/** Options of a command that reports findings. */
export type FormatFlags = { readonly json?: true; readonly format?: Format };

/** `--format`. `--json` is short for one of its values. */
export const formatOption = (): Option =>
  new Option('--format <name>', 'Print the result as GitHub annotations, SARIF 2.1.0, JUnit XML or Markdown').choices(
    FORMATS,
  );

/** The selected format; undefined means the report for people. */
export const formatOf = ({ json, format }: FormatFlags): Format | undefined => format ?? (json && 'json');

/** The format that a command line selects: an error may end the command before its options are parsed. */
export function formatIn(args: readonly string[]): Format | undefined {
  const at = args.findLastIndex((each) => /^--format(?:=|$)/.test(each));
  const given = args[at] === '--format' ? args[at + 1] : args[at]?.slice('--format='.length);
  return FORMATS.find((name) => name === given) ?? (args.includes('--json') ? 'json' : undefined);
}

/** Steps of long work. Standard output belongs to the program that reads the format. */
export const stepsOf = (format: Format | undefined, output: Output): ((text: string) => void) =>
  format === undefined ? output.step : (text) => output.err(`${text} …`);

/** Prints the errors that ended a command in the selected format, too. Otherwise a program would read an empty file. */
export async function printFailureAs(
  format: Format | undefined,
  error: unknown,
  command: string,
  output: Output,
  end?: string,
): Promise<1 | 2> {
  if (format !== undefined && (error instanceof InputError || error instanceof FaultError)) {
    const { diagnostics } = error;
    const faults = error instanceof FaultError && { faults: error.faults };
    if (format === 'json') output.out(jsonText({ ok: false, diagnostics, ...faults }));
    else await printFindings(format, [[command, findingsOf(diagnostics)]], command, output);
  }
  return printFailure(error, output, end);
}

/** Prints findings in any format except `json`, which each command defines itself. */
export async function printFindings(
  format: Exclude<Format, 'json'>,
  suites: Suites,
  command: string,
  output: Output,
): Promise<void> {
  const findings = suites.flatMap(([, found]) => found);
  if (format === 'junit') output.out(asJunit(suites, command));
  else if (format === 'markdown') output.out(asMarkdown(suites, command));
  else if (format === 'sarif') output.out(asSarif(findings, await ownVersion()));
  else if (findings.length > 0) output.out(asGithub(findings));
}
