import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type CommandAction, type CommandCall, CommandError, type PluginCommand } from '@countersign/runtime/command';
import type { GameTable } from './store/game-table.ts';

const COLUMNS = ['game_key', 'game_code', 'game_type', 'game_name_zh', 'game_name_en', 'status', 'sort'];
const DATA = { flags: '--data <folder>', description: 'Store the embedded database in this folder', default: '.data' };
const KEY = { name: 'game_key', description: 'Key of the game' };

const refuse = (message: string): CommandError => new CommandError(message, 'game-refused');
const unknownGame = (key: string): CommandError => refuse(`There is no game with the key ${JSON.stringify(key)}.`);

/**
 * JSON of an argument. `-` reads it from standard input, so that it does not appear in shell history and process lists.
 */
async function readJson(argument = ''): Promise<unknown> {
  const text = argument === '-' ? await readFile('/dev/stdin', 'utf8') : argument;
  try {
    return JSON.parse(text);
  } catch {
    throw refuse('The fields are not JSON. Write {"game_key": "…", …}, or - to read them from standard input.');
  }
}

/** @throws {CommandError} for a mistake in the fields */
function parse<T>(parser: (value: unknown) => T, value: unknown): T {
  try {
    return parser(value);
  } catch (error) {
    const { issues } = error as { issues?: readonly { path: readonly PropertyKey[]; message: string }[] };
    if (issues === undefined) throw error;
    throw refuse(issues.map(({ path, message }) => `${path.map(String).join('.') || 'fields'}: ${message}`).join('\n'));
  }
}

async function withTable<T>({ options, root }: CommandCall, work: (games: GameTable) => PromiseLike<T>): Promise<T> {
  const { openGameTable } = await import('./open-game-table.ts');
  const folder = resolve(root, options['data'] ?? '.data');
  const opened = await openGameTable({ databaseUrl: process.env['DATABASE_URL'] || undefined, folder }).catch(
    (error: Error) => {
      throw error.name === 'StoreLockedError' ? new CommandError(error.message, 'store-locked') : error;
    },
  );
  try {
    return await work(opened.games);
  } finally {
    await opened.close();
  }
}

const fields = () => import('./rules/game-fields.ts');
const seconds = (): number => Math.floor(Date.now() / 1000);
const json = (value: unknown): string => JSON.stringify(value, null, 2);

/** One subcommand for each permission `dice:game:index:…` of the admin's menu. */
const action = (rest: Omit<CommandAction, 'options'>): CommandAction => ({
  ...rest,
  description: `${rest.description} (dice:game:index:${rest.name})`,
  options: [DATA],
});

/** The command that manages Dicey Fun's game table. */
export const command: PluginCommand = {
  name: 'games',
  description: "Manage Dicey Fun's game table, dice_game",
  notes:
    'DATABASE_URL=postgres://… works on PostgreSQL. The default is files in the data folder, which `serve` must not have open.',
  actions: [
    action({
      name: 'index',
      description: 'List the games',
      run: async (call, io) => {
        const { showGame } = await fields();
        const rows = (await withTable(call, (games) => games.index())).map(showGame);
        io.table(
          COLUMNS,
          rows.map((row) => COLUMNS.map((column) => String(row[column]))),
        );
      },
    }),
    action({
      name: 'read',
      description: 'Show a game, with its sensitive configuration',
      arguments: [KEY],
      run: async (call, io) => {
        const [key = ''] = call.args;
        const game = await withTable(call, (games) => games.read(key));
        if (game === undefined) throw unknownGame(key);
        io.out(json((await fields()).showGame(game)));
      },
    }),
    action({
      name: 'save',
      description: 'Add a game',
      arguments: [{ name: 'json', description: 'Columns of dice_game; - reads them from standard input' }],
      run: async (call, io) => {
        const { parseGame, showGame } = await fields();
        const row = parse(parseGame, await readJson(call.args[0]));
        const game = await withTable(call, (games) => games.save(row, seconds()));
        if (game === undefined) throw refuse(`There is a game with the key ${JSON.stringify(row.gameKey)} already.`);
        io.out(json(showGame(game)));
      },
    }),
    action({
      name: 'update',
      description: 'Change columns of a game',
      arguments: [KEY, { name: 'json', description: 'Columns that change; - reads them from standard input' }],
      run: async (call, io) => {
        const [key = '', changes] = call.args;
        const { parseGameChange, showGame } = await fields();
        const change = parse(parseGameChange, await readJson(changes));
        const game = await withTable(call, (games) => games.update(key, change, seconds()));
        if (game === undefined) throw unknownGame(key);
        io.out(json(showGame(game)));
      },
    }),
    action({
      name: 'destroy',
      description: 'Delete a game',
      arguments: [KEY],
      run: async (call, io) => {
        const [key = ''] = call.args;
        if (!(await withTable(call, (games) => games.destroy(key)))) throw unknownGame(key);
        io.out(`Deleted ${key}.`);
      },
    }),
  ],
};
