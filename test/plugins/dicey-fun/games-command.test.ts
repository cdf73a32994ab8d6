import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pc from 'picocolors';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { command as games } from '../../../plugins/dicey-fun/command.ts';
import { pluginCommand } from '../../../scripts/commands/cli/plugin-commands.ts';
import { openWorkspace } from '../../../scripts/config/workspace.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-games-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => {
  process.exitCode = 0;
});

/** The output of a command, and whether it failed. */
async function run(...args: string[]): Promise<{ out: string; err: string; failed: boolean }> {
  const lines = { out: [] as string[], err: [] as string[] };
  const output = {
    out: (line: string) => void lines.out.push(line),
    err: (line: string) => void lines.err.push(line),
    progress: () => {},
    step: () => {},
    interactive: false,
    colors: pc.createColors(false),
  };
  process.exitCode = 0;
  const command = pluginCommand(games, openWorkspace(folder), output);
  await command.parseAsync([...args, '--data', folder], { from: 'user' });
  return { out: lines.out.join('\n'), err: lines.err.join('\n'), failed: process.exitCode !== 0 };
}

const game = {
  game_key: 'ludo',
  game_code: 'ludo',
  game_name_zh: '飞行棋',
  game_name_en: 'Ludo',
  game_url: 'https://game.example.com/ludo',
  hall_url: 'https://game.example.com/',
  sort: 2,
  sensitive_config_json: { rtp: 0.9 },
};

test('index, save, read, update and destroy change the game table', async () => {
  expect((await run('index')).out).toMatch(/dafuwen .*大富翁 .*Dafuweng/);

  const saved = await run('save', JSON.stringify(game));
  expect(saved.failed, saved.err).toBe(false);
  const defaults = {
    provider: 'Dicey Fun',
    provider_code: 'DF',
    game_type: 'slot',
    logo: '',
    status: 1,
    merchant_config_json: null,
  };
  expect(JSON.parse(saved.out)).toMatchObject({ ...game, ...defaults });
  expect(await run('save', JSON.stringify(game))).toMatchObject({
    failed: true,
    err: expect.stringContaining('already'),
  });

  const index = await run('index');
  expect(index.out.split('\n')).toHaveLength(3);
  expect(index.out).not.toContain('rtp');
  expect(JSON.parse((await run('read', 'ludo')).out)).toEqual(JSON.parse(saved.out));

  const updated = JSON.parse((await run('update', 'ludo', '{"status":0,"sensitive_config_json":null}')).out);
  expect(updated).toMatchObject({ ...game, status: 0, sensitive_config_json: null });
  expect((await run('destroy', 'ludo')).failed).toBe(false);
  for (const args of [
    ['read', 'ludo'],
    ['update', 'ludo', '{}'],
    ['destroy', 'ludo'],
  ]) {
    expect(await run(...args)).toMatchObject({
      failed: true,
      err: 'There is no game with the key "ludo".\n  = docs: docs/troubleshooting.md#game-refused',
    });
  }
});

test.each([
  ['invalid JSON', '{', /not JSON/],
  ['nothing', '{}', /game_key.*\n.*game_code/],
  ['an unknown column', JSON.stringify({ ...game, colour: 'red' }), /colour/],
  ['an invalid URL', JSON.stringify({ ...game, game_url: 'javascript:alert(1)' }), /^game_url: /],
  ['an invalid status', JSON.stringify({ ...game, status: 2 }), /^status: /],
  ['a character that no text column can store', JSON.stringify({ ...game, game_code: 'a\0' }), /^game_code: /],
])('save rejects %s, and reports every error', async (_, json, message) => {
  expect(await run('save', json)).toMatchObject({ failed: true, err: expect.stringMatching(message) });
});
