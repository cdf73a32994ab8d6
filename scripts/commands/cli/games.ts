import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Command } from 'commander';
import type { GameTable } from '../../../plugins/dicey-fun/store/game-table.ts';
import { explained } from '../../common/diagnostics/troubleshooting.ts';
import { terminalText } from '../../common/text/literal.ts';
import type { Workspace } from '../../config/workspace.ts';
import type { Output } from './output.ts';
import { table } from './table.ts';

type Flags = { readonly data: string };

/** What whoever typed the command can mend. */
class Refused extends Error {
  override readonly name = 'Refused';
}

const COLUMNS = ['game_key', 'game_code', 'game_type', 'game_name_zh', 'game_name_en', 'status', 'sort'];

/** JSON of an argument; `-` reads it from standard input, where no shell history and no process list shows it. */
async function readJson(argument: string): Promise<unknown> {
  const text = argument === '-' ? await readFile('/dev/stdin', 'utf8') : argument;
  try {
    return JSON.parse(text);
  } catch {
    throw new Refused('The fields are no JSON. Write {"game_key": "…", …}, or - to read them from standard input.');
  }
}

/** @throws {Refused} for a mistake in the fields */
function parse<T>(parser: (value: unknown) => T, value: unknown): T {
  try {
    return parser(value);
  } catch (error) {
    const { issues } = error as { issues?: readonly { path: readonly PropertyKey[]; message: string }[] };
    if (issues === undefined) throw error;
    throw new Refused(
      issues.map(({ path, message }) => `${path.map(String).join('.') || 'fields'}: ${message}`).join('\n'),
    );
  }
}

/** Management of Dicey Fun's game table, with one command for each permission `dice:game:index:…` of the admin's menu. */
export function gamesCommand(workspace: Workspace, output: Output): Command {
  const withTable = async (work: (games: GameTable, now: number) => Promise<void>, { data }: Flags): Promise<void> => {
    const { openGameTable } = await import('../../../plugins/dicey-fun/open-game-table.ts');
    try {
      const { games, close } = await openGameTable({
        databaseUrl: process.env.DATABASE_URL || undefined,
        folder: resolve(workspace.root, data),
      });
      try {
        await work(games, Math.floor(Date.now() / 1000));
      } finally {
        await close();
      }
    } catch (error) {
      const { name, message } = error as Error;
      if (name !== 'Refused' && name !== 'StoreLockedError') throw error;
      const code = name === 'Refused' ? 'game-refused' : 'store-locked';
      output.err(explained(code, output.colors.red(message)));
      process.exitCode = 1;
    }
  };
  const fields = () => import('../../../plugins/dicey-fun/rules/game-fields.ts');
  const print = (value: unknown): void => output.out(JSON.stringify(value, null, 2));
  const unknownGame = (key: string): Refused => new Refused(`There is no game with the key ${JSON.stringify(key)}.`);
  const command = (name: string, description: string): Command =>
    new Command(name)
      .description(`${description} (dice:game:index:${name})`)
      .option('--data <folder>', 'where the embedded database keeps its files', '.data');

  const index = command('index', 'list the games').action((flags: Flags) =>
    withTable(async (games) => {
      const rows = (await games.index()).map((await fields()).showGame);
      for (const line of table(
        COLUMNS,
        rows.map((row) => COLUMNS.map((column) => terminalText(String(row[column])))),
        output.interactive,
      ))
        output.out(line);
    }, flags),
  );
  const read = command('read', 'show a game, with its sensitive configuration')
    .argument('<game_key>')
    .action((key: string, flags: Flags) =>
      withTable(async (games) => {
        const game = await games.read(key);
        if (game === undefined) throw unknownGame(key);
        print((await fields()).showGame(game));
      }, flags),
    );
  const save = command('save', 'add a game')
    .argument('<json>', 'columns of dice_game; - reads them from standard input')
    .action((json: string, flags: Flags) =>
      withTable(async (games, now) => {
        const { parseGame, showGame } = await fields();
        const row = parse(parseGame, await readJson(json));
        const game = await games.save(row, now);
        if (game === undefined)
          throw new Refused(`There is a game with the key ${JSON.stringify(row.gameKey)} already.`);
        print(showGame(game));
      }, flags),
    );
  const update = command('update', 'change columns of a game')
    .argument('<game_key>')
    .argument('<json>', 'the columns that change; - reads them from standard input')
    .action((key: string, json: string, flags: Flags) =>
      withTable(async (games, now) => {
        const { parseGameChange, showGame } = await fields();
        const game = await games.update(key, parse(parseGameChange, await readJson(json)), now);
        if (game === undefined) throw unknownGame(key);
        print(showGame(game));
      }, flags),
    );
  const destroy = command('destroy', 'delete a game')
    .argument('<game_key>')
    .action((key: string, flags: Flags) =>
      withTable(async (games) => {
        if (!(await games.destroy(key))) throw unknownGame(key);
        output.out(`Deleted ${key}.`);
      }, flags),
    );

  const games = new Command('games')
    .description("manage Dicey Fun's game table, dice_game")
    .addHelpText(
      'after',
      '\nDATABASE_URL=postgres://… works on PostgreSQL; default: files in the data folder, which `serve` must not have open.',
    );
  for (const sub of [index, read, save, update, destroy]) games.addCommand(sub);
  return games;
}
