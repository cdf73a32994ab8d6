import { Command, CommanderError } from 'commander';
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
import { lspCommand } from './lsp.ts';
import { mockCommand } from './mock.ts';
import { type Output, openOutput, printFailure } from './output.ts';
import { ownVersion } from './own-version.ts';
import { loadPluginCommands } from './plugin-commands.ts';
import { releaseCommand } from './release.ts';
import { serveCommand } from './serve.ts';

/** Every command of the toolkit, in the order of the help. */
export const commandsOf = (workspace: Workspace, output: Output): readonly Command[] => [
  generateCommand(workspace, output),
  lintCommand(workspace, output),
  serveCommand(workspace, output),
  mockCommand(workspace, output),
  docsCommand(workspace, output),
  flowsCommand(workspace, output),
  buildCommand(workspace, output),
  diffCommand(workspace, output),
  releaseCommand(workspace, output),
  initCommand(workspace, output),
  addCommand(workspace, output),
  doctorCommand(workspace, output),
  lspCommand(workspace),
];

/**
 * Parses the command line, runs its command and sets the process's exit code.
 *
 * @param revision how often this process has run a command before: modules of the workspace are imported once for each
 */
export async function main(root: string, revision = 0): Promise<void> {
  const output = openOutput(process.stdout, process.stderr, process.env);
  // Works in any workspace, which is read below.
  if (/^(-v|-V|--version)$/.test(process.argv[2] ?? '')) return output.out(await ownVersion());
  const workspace = await open(root, revision, output);
  if (workspace === undefined) return;
  const program = new Command('countersign')
    .description('Generate typed clients, servers and mocks for partner APIs from OpenAPI specs.')
    .configureHelp({ showGlobalOptions: true })
    .version(await ownVersion(), '-v, --version', 'print the version')
    .configureOutput({ outputError: (text, write) => write(inOneLine(text)) })
    .exitOverride();
  for (const command of commandsOf(workspace, output)) program.addCommand(command);

  try {
    const own = program.commands.map((command) => command.name());
    // Runs code of the workspace only if the command may be one of its own.
    if (!own.includes(process.argv[2] ?? ''))
      for (const command of await loadPluginCommands(workspace, output, own)) program.addCommand(command);
    inheritSettings(program);
    await program.parseAsync();
  } catch (error) {
    // Commander has already printed the message. An invalid option is invalid input, like an invalid spec.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 1;
    else process.exitCode = await printFailure(error, output);
  }
}

/**
 * `error: unknown command 'generat'. Did you mean generate?`: one line, or a hint to the help if no name is similar.
 */
function inOneLine(text: string): string {
  const [error = '', guess] = text.trim().split('\n');
  const near = guess?.replace(/^\((.*)\)$/, '$1') ?? 'Run `countersign --help` to list commands and options.';
  return `${error.replace(/\.$/, '')}. ${near}\n`;
}

/** Commands that were created separately do not inherit settings of the program. */
function inheritSettings(command: Command): void {
  for (const child of command.commands) {
    child.copyInheritedSettings(command);
    inheritSettings(child);
  }
}

/** The workspace with its configuration; undefined if the configuration is invalid, which was then reported. */
async function open(root: string, revision: number, output: Output): Promise<Workspace | undefined> {
  try {
    return openWorkspace(root, await loadConfig(root, revision), revision);
  } catch (error) {
    // The doctor reports errors of the configuration together with all others.
    if (process.argv[2] === 'doctor') return openWorkspace(root, {}, revision);
    process.exitCode = await printFailure(error, output);
    return undefined;
  }
}
