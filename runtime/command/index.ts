/**
 * A command that a plugin adds to `countersign`, exported as `command` by `plugins/<provider>/command.ts`. The module
 * is also loaded for `--help`, so import heavy modules inside `run`.
 *
 * @example export const command: PluginCommand = {
 *   name: 'orders',
 *   description: 'Manage orders',
 *   actions: [{ name: 'list', description: 'List orders', run: async (_, io) => io.out('none') }], };
 */
export type PluginCommand = {
  /** The name of the command. No built-in command of `countersign` may have it. */
  readonly name: string;
  readonly description: string;
  /** Text below the help of the command. */
  readonly notes?: string;
  readonly actions: readonly CommandAction[];
};

/** One action of a command that a plugin adds. */
export type CommandAction = {
  readonly name: string;
  readonly description: string;
  /** Names of the arguments after the action, in order. All are required. */
  readonly arguments?: readonly { readonly name: string; readonly description: string }[];
  /** Runs the action. @throws {CommandError} if the input is invalid */
  readonly run: (call: CommandCall, io: CommandIo) => Promise<void>;
  readonly options?: readonly CommandOption[];
};

/** One option of a command. */
export type CommandOption = {
  /** The option as the user types it: `--data <folder>`. */
  readonly flags: string;
  readonly description: string;
  readonly default?: string;
};

/** The input of the user: arguments and options. */
export type CommandCall = {
  readonly args: readonly string[];
  /** The options, by name: `data` for `--data <folder>`. */
  readonly options: Readonly<Record<string, string | undefined>>;
  /** The absolute path of the workspace. */
  readonly root: string;
};

/** The output of a command. */
export type CommandIo = {
  readonly out: (line: string) => void;
  /** Prints rows in columns. Control characters of cells are escaped. */
  readonly table: (header: readonly string[], rows: readonly (readonly string[])[]) => void;
};

/** The error of invalid input. The command prints only its message and exits with code 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  /** The code of an entry on the troubleshooting page. */
  readonly code: string | undefined;

  constructor(message: string, code?: string) {
    super(message);
    this.code = code;
  }
}
