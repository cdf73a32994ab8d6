import { Option } from 'commander';
import {
  asGithub,
  asJunit,
  asMarkdown,
  asSarif,
  type Finding,
  FORMATS,
  type Format,
} from '../../common/diagnostics/formats.ts';
import type { Output } from './output.ts';
import { ownVersion } from './own-version.ts';

/** Options of a command that reports findings. */
export type FormatFlags = { readonly json?: true; readonly format?: Format };

/** `--format`. `--json` is short for one of its values. */
export const formatOption = (): Option =>
  new Option('--format <name>', 'print the result as GitHub annotations, SARIF 2.1.0, JUnit XML or Markdown').choices(
    FORMATS,
  );

/** The selected format; undefined: the report for people. */
export const formatOf = ({ json, format }: FormatFlags): Format | undefined => format ?? (json && 'json');

/** Prints findings in any format except `json`, which each command defines itself. */
export async function printFindings(
  format: Exclude<Format, 'json'>,
  suites: readonly (readonly [name: string, findings: readonly Finding[]])[],
  command: string,
  output: Output,
): Promise<void> {
  const findings = suites.flatMap(([, found]) => found);
  if (format === 'junit') output.out(asJunit(suites, command));
  else if (format === 'markdown') output.out(asMarkdown(suites, command));
  else if (format === 'sarif') output.out(asSarif(findings, await ownVersion()));
  else if (findings.length > 0) output.out(asGithub(findings));
}
