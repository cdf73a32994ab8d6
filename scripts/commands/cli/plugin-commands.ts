import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CommandAction, CommandIo, PluginCommand } from '@countersign/runtime/command';
import { Command } from 'commander';
import { explained, refusal } from '../../common/diagnostics/troubleshooting.ts';
import { terminalText } from '../../common/text/literal.ts';
import type { Workspace } from '../../config/workspace.ts';
import type { Output } from './output.ts';
import { table } from './table.ts';

/**
 * The commands that plugins add: the export `command` of `plugins/<provider>/command.ts`.
 * @throws {InputError} if such a file has no export `command`, or its name is in `taken`
 */
export async function loadPluginCommands(
  workspace: Workspace,
  output: Output,
  taken: readonly string[],
): Promise<readonly Command[]> {
  const folders = existsSync(workspace.plugins) ? readdirSync(workspace.plugins).sort() : [];
  const names = new Set(taken);
  const commands: Command[] = [];
  for (const provider of folders) {
    const path = join(workspace.plugins, provider, 'command.ts');
    if (!existsSync(path)) continue;
    const shown = `plugins/${provider}/command.ts`;
    const { command } = await load(path, shown);
    if (typeof command?.name !== 'string' || !Array.isArray(command.actions))
      throw refusal(
        'plugin-command',
        'The module does not export `command`.',
        'Add `export const command: PluginCommand`.',
        shown,
      );
    if (names.has(command.name))
      throw refusal(
        'plugin-command',
        `The command name \`${command.name}\` is already in use.`,
        'Choose another name.',
        shown,
      );
    names.add(command.name);
    commands.push(pluginCommand(command, workspace, output));
  }
  return commands;
}

async function load(path: string, shown: string): Promise<{ readonly command?: PluginCommand }> {
  try {
    return await import(pathToFileURL(path).href);
  } catch (error) {
    throw refusal(
      'plugin-command',
      `The module cannot be loaded: ${(error as Error).message}.`,
      'Fix the error in the module.',
      shown,
    );
  }
}

/** A plugin's description as a command. */
export function pluginCommand(description: PluginCommand, workspace: Workspace, output: Output): Command {
  const made = new Command(description.name).description(description.description);
  if (description.notes !== undefined) made.addHelpText('after', `\n${description.notes}`);
  for (const action of description.actions) made.addCommand(actionCommand(action, workspace, output));
  return made;
}

function actionCommand(action: CommandAction, { root }: Workspace, output: Output): Command {
  const made = new Command(action.name).description(action.description);
  for (const { name, description } of action.arguments ?? []) made.argument(`<${name}>`, description);
  for (const { flags, description, default: value } of action.options ?? []) made.option(flags, description, value);
  const io: CommandIo = {
    out: output.out,
    table: (header, rows) => {
      const cells = rows.map((row) => row.map(terminalText));
      for (const line of table(header, cells, output.interactive)) output.out(line);
    },
  };
  return made.action(async () => {
    try {
      await action.run({ args: made.args, options: made.opts(), root }, io);
    } catch (error) {
      // Compared by name: a workspace's runtime may be a different copy than ours.
      const { name, message, code = '' } = error as Error & { readonly code?: string };
      if (name !== 'CommandError') throw error;
      output.err(explained(code, output.colors.red(message)));
      process.exitCode = 1;
    }
  });
}
