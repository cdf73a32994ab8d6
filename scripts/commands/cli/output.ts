import pc from 'picocolors';
import {
  type Diagnostic,
  type Fault,
  FaultError,
  InputError,
  type Sources,
} from '../../common/diagnostics/diagnostic.ts';
import { terminalText } from '../../common/text/literal.ts';
import type { Change } from '../diff/types.ts';

/** The output of a command: color and progress only in a terminal. */
export type Output = {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** Overwrites one line on a terminal; nothing in a pipe. '' clears it. */
  readonly progress: (text: string) => void;
  /** A step of long work, such as `building hive`: as `progress` on a terminal, otherwise on its own line. */
  readonly step: (text: string) => void;
  readonly interactive: boolean;
  readonly colors: ReturnType<typeof pc.createColors>;
};

/** Where commands print; colors only on a terminal. */
export function openOutput(
  stdout: NodeJS.WriteStream,
  stderr: NodeJS.WriteStream,
  env: Readonly<Record<string, string | undefined>>,
): Output {
  const interactive = stdout.isTTY === true && env.CI === undefined;
  // https://no-color.org: set and not empty means no colour.
  const colored = interactive && !env.NO_COLOR && env.TERM !== 'dumb';
  const progress = (text: string): void => {
    if (interactive) stdout.write(`\r\u001b[K${text}`);
  };
  return {
    out: (line) => void stdout.write(`${line}\n`),
    err: (line) => void stderr.write(`${line}\n`),
    progress,
    step: (text) => {
      const line = `${terminalText(text)} …`;
      if (interactive) progress(line);
      else stdout.write(`${line}\n`);
    },
    interactive,
    colors: pc.createColors(colored),
  };
}

/** The changes, one per line. */
export function printChanges(changes: readonly Change[], output: Output): void {
  for (const { bump, operation, text } of changes)
    output.out(terminalText(`  ${bump.padEnd(5)} ${operation === undefined ? '' : `${operation} `}${text}`));
}

/** Prints diagnostics to standard error, with their source lines. */
export async function printDiagnostics(
  diagnostics: readonly Diagnostic[],
  sources: Sources,
  output: Output,
): Promise<void> {
  if (diagnostics.length === 0) return;
  const [{ formatDiagnostics }, { linkTo }] = await Promise.all([
    import('../../common/diagnostics/report.ts'),
    import('../../common/diagnostics/troubleshooting.ts'),
  ]);
  output.err(formatDiagnostics(diagnostics, { color: output.colors.isColorSupported, sources, docs: linkTo }));
}

/**
 * 1: the input is wrong, and every problem is printed. 2: a bug in Countersign, with the details for a report.
 *
 * @param end what did not happen because of the errors, such as `nothing was written`; undefined: not said
 */
export async function printFailure(error: unknown, output: Output, end?: string): Promise<1 | 2> {
  output.progress('');
  if (error instanceof InputError) {
    await printDiagnostics(error.diagnostics, error.sources, output);
    const { countDiagnostics } = await import('../../common/diagnostics/report.ts');
    output.err(output.colors.red(`${countDiagnostics(error.diagnostics)}${end === undefined ? '' : `; ${end}`}.`));
    return 1;
  }
  if (error instanceof FaultError) {
    await printDiagnostics(error.diagnostics, error.sources, output);
    printFaults(error.faults, output);
  } else printFault(error instanceof Error ? (error.stack ?? error.message) : String(error), output);
  return 2;
}

/** Prints each bug with its provider's name and the details that we need to fix it. */
export function printFaults(faults: readonly Fault[], output: Output): void {
  if (faults.length > 0)
    printFault(faults.map(({ provider, message }) => `${provider}: ${message}`).join('\n'), output);
}

function printFault(shown: string, { err, colors }: Output): void {
  err(colors.red('This is a bug in Countersign, not in your input. Report it with these lines:'));
  err(shown.split('\n').map(terminalText).join('\n'));
}
