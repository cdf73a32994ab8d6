import { Command } from 'commander';
import { generateCommand } from './cli/generate.ts';
import { lintCommand } from './cli/lint.ts';
import { openOutput, printFailure } from './cli/output.ts';
import { openWorkspace } from './workspace.ts';

const workspace = openWorkspace(process.cwd());
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
