import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { loadConfig } from '../../config/index.ts';
import { openWorkspace, type Workspace } from '../../config/workspace.ts';
import { addCommand } from './add.ts';
import { buildCommand } from './build.ts';
import { diffCommand } from './diff.ts';
import { docsCommand } from './docs.ts';
import { doctorCommand } from './doctor.ts';
import { flowsCommand } from './flows.ts';
import { generateCommand } from './generate.ts';
import { initCommand } from './init.ts';
import { lintCommand } from './lint.ts';
import { mockCommand } from './mock.ts';
import { type Output, openOutput, printFailure } from './output.ts';
import { releaseCommand } from './release.ts';
import { serveCommand } from './serve.ts';

/** Parses the command line and runs its command; sets the process's exit code. */
export async function main(root: string): Promise<void> {
  const output = openOutput(process.stdout, process.stderr, process.env);
  const workspace = await open(root, output);
  if (workspace === undefined) return;
  const program = new Command('countersign')
    .description('Spec-first codegen for partner APIs that sign.')
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError()
    .addCommand(generateCommand(workspace, output))
    .addCommand(lintCommand(workspace, output))
    .addCommand(serveCommand(workspace, output))
    .addCommand(mockCommand(workspace, output))
    .addCommand(docsCommand(workspace, output))
    .addCommand(flowsCommand(workspace, output))
    .addCommand(buildCommand(workspace, output))
    .addCommand(diffCommand(workspace, output))
    .addCommand(releaseCommand(workspace, output))
    .addCommand(initCommand(workspace, output))
    .addCommand(addCommand(workspace, output))
    .addCommand(doctorCommand(workspace, output))
    // A wrong option is wrong input, like a wrong spec.
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 1));
  if (existsSync(join(workspace.plugins, 'dicey-fun/open-game-table.ts'))) {
    const { gamesCommand } = await import('./games.ts');
    program.addCommand(gamesCommand(workspace, output));
  }

  try {
    await program.parseAsync();
  } catch (error) {
    process.exitCode = await printFailure(error, output);
  }
}

/** The workspace as its configuration has it; undefined when that is wrong, which has then been told. */
async function open(root: string, output: Output): Promise<Workspace | undefined> {
  try {
    return openWorkspace(root, await loadConfig(root));
  } catch (error) {
    // The doctor says what is wrong with the configuration beside all else.
    if (process.argv[2] === 'doctor') return openWorkspace(root);
    process.exitCode = await printFailure(error, output);
    return undefined;
  }
}
