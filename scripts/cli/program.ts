import { Command } from 'commander';
import type { Workspace } from '../workspace.ts';
import { generateCommand } from './generate.ts';
import { lintCommand } from './lint.ts';
import { openOutput, printFailure } from './output.ts';

/** Parses the command line and runs its command; sets the process's exit code. */
export async function main(workspace: Workspace): Promise<void> {
  const output = openOutput(process.stdout, process.stderr, process.env);
  const program = new Command('countersign')
    .description('Spec-first codegen for partner APIs that sign.')
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError()
    .addCommand(generateCommand(workspace, output))
    .addCommand(lintCommand(workspace, output))
    // A wrong option is wrong input, like a wrong spec.
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 1));

  try {
    await program.parseAsync();
  } catch (error) {
    process.exitCode = await printFailure(error, output);
  }
}
