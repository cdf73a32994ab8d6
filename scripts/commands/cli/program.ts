import { Command, CommanderError } from 'commander';
import { loadConfig } from '../../config/index.ts';
import { openWorkspace, type Workspace } from '../../config/workspace.ts';
import { formatIn, printFailureAs } from './format.ts';
import { nothingWritten } from './nothing-written.ts';
import { type Output, openOutput } from './output.ts';
import { ownVersion } from './own-version.ts';
import { loadPluginCommands } from './plugin-commands.ts';

type OpenCommand = (workspace: Workspace, output: Output) => Promise<Command>;

/** Every command of the toolkit, in the order of the help. Each loads its own modules, since a run needs one command. */
const COMMANDS: { readonly [name: string]: OpenCommand } = {
  generate: async (...given) => (await import('./generate.ts')).generateCommand(...given),
  lint: async (...given) => (await import('./lint.ts')).lintCommand(...given),
  serve: async (...given) => (await import('./serve.ts')).serveCommand(...given),
  mock: async (...given) => (await import('./mock.ts')).mockCommand(...given),
  docs: async (...given) => (await import('./docs.ts')).docsCommand(...given),
  flows: async (...given) => (await import('./flows.ts')).flowsCommand(...given),
  build: async (...given) => (await import('./build.ts')).buildCommand(...given),
  diff: async (...given) => (await import('./diff.ts')).diffCommand(...given),
  release: async (...given) => (await import('./release.ts')).releaseCommand(...given),
  init: async (...given) => (await import('./init.ts')).initCommand(...given),
  add: async (...given) => (await import('./add.ts')).addCommand(...given),
  doctor: async (...given) => (await import('./doctor.ts')).doctorCommand(...given),
  lsp: async (workspace) => (await import('./lsp.ts')).lspCommand(workspace),
};

/**
 * The commands of the toolkit, in the order of the help.
 *
 * @param name the only command to load; all of them if the name is missing or unknown
 */
export function commandsOf(workspace: Workspace, output: Output, name = ''): Promise<readonly Command[]> {
  const chosen = Object.hasOwn(COMMANDS, name) ? [name] : Object.keys(COMMANDS);
  return Promise.all(chosen.flatMap((each) => COMMANDS[each]?.(workspace, output) ?? []));
}

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
    .version(await ownVersion(), '-v, --version', 'Print the version')
    .helpOption('-h, --help', 'Print the help of a command')
    .helpCommand('help [command]', 'Print the help of a command')
    .configureOutput({ outputError: (text, write) => write(inOneLine(text)) })
    .exitOverride();
  const own = Object.keys(COMMANDS);

  try {
    for (const command of await commandsOf(workspace, output, process.argv[2])) program.addCommand(command);
    // Runs code of the workspace only if the command may be one of its own.
    if (!own.includes(process.argv[2] ?? ''))
      for (const command of await loadPluginCommands(workspace, output, own)) program.addCommand(command);
    inheritSettings(program);
    await program.parseAsync();
  } catch (error) {
    // Commander has already printed the message. An invalid option is invalid input, like an invalid spec.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 1;
    else process.exitCode = await fail(error, output);
  }
}

/**
 * `error: unknown command 'generat'. Did you mean generate?`: one line, or a hint to the help if no name is similar.
 */
function inOneLine(text: string): string {
  const [error = '', similar] = text.trim().split('\n');
  // `listen` is similar to `lint`.
  const guess = COMMANDS_OF_MOCK.includes(process.argv[2] ?? '') ? undefined : similar;
  const near = guess?.replace(/^\((.*)\)$/, '$1') ?? hint(process.argv[2] ?? '', process.argv[3] ?? '');
  return `${error.replace(/\.$/, '')}. ${near}\n`;
}

const COMMANDS_OF_MOCK: readonly string[] = ['fire', 'listen', 'env'];

/** The help that explains the command line: that of the given command. */
function hint(command: string, action: string): string {
  if (COMMANDS_OF_MOCK.includes(command)) return `Did you mean mock ${command}?`;
  if (!Object.hasOwn(COMMANDS, command)) return 'Run `countersign --help` to list commands and options.';
  const path = command === 'mock' && COMMANDS_OF_MOCK.includes(action) ? `${command} ${action}` : command;
  return `Run \`countersign ${path} --help\` to list its arguments and options.`;
}

const fail = (error: unknown, output: Output): Promise<1 | 2> =>
  printFailureAs(
    formatIn(process.argv),
    error,
    process.argv[2] ?? 'countersign',
    output,
    nothingWritten(process.argv.slice(2)),
  );

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
    process.exitCode = await fail(error, output);
    return undefined;
  }
}
