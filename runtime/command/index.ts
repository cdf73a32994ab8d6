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
  /** A word that no command of `countersign` has. */
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
  /** @throws {CommandError} for wrong input */
  readonly run: (call: CommandCall, io: CommandIo) => Promise<void>;
  readonly options?: readonly CommandOption[];
};

/** One option of a command. */
export type CommandOption = {
  /** As the user types it: `--data <folder>`. */
  readonly flags: string;
  readonly description: string;
  readonly default?: string;
};

/** The input of the user: arguments and options. */
export type CommandCall = {
  readonly args: readonly string[];
  /** By name: `data` for `--data <folder>`. */
  readonly options: Readonly<Record<string, string | undefined>>;
  /** The workspace's absolute path. */
  readonly root: string;
};

/** The output of a command. */
export type CommandIo = {
  readonly out: (line: string) => void;
  /** Prints rows in columns. Control characters of cells are escaped. */
  readonly table: (header: readonly string[], rows: readonly (readonly string[])[]) => void;
};

/** Invalid input: the command prints only the message and exits with code 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  /** An entry of the troubleshooting page. */
  readonly code: string | undefined;

  constructor(message: string, code?: string) {
    super(message);
    this.code = code;
  }
}
