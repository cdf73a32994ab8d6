import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bundleSpec } from '../../scripts/bundle/index.ts';
import { lintSpec } from '../../scripts/lint/index.ts';
import { loadSpec } from '../../scripts/load/index.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'countersign-parts-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const info = { title: 'T', version: '1' };
const server = { url: 'https://api.demo.test' };
const FILES = {
  'info.json': info,
  'described.json': { ...info, description: { $ref: 'intro.md' }, license: { $ref: 'license.json' } },
  'license.json': { name: 'MIT', identifier: 'MIT' },
  'shared.json': { servers: [server], server, tags: [{ name: 'a', description: 'A' }] },
  'cycle.json': { $ref: 'cycle.json' },
};
const license = { name: 'MIT', identifier: 'MIT' };

const load = async (fields: object) => {
  for (const [name, value] of Object.entries(FILES)) writeFileSync(path.join(root, name), JSON.stringify(value));
  writeFileSync(path.join(root, 'intro.md'), '# Intro');
  const file = path.join(root, 'openapi.json');
  writeFileSync(file, JSON.stringify({ openapi: '3.1.1', info, servers: [server], paths: {}, ...fields }));
  return loadSpec(file);
};

test.each<readonly [what: string, given: object, want: object]>([
  ['info', { info: { $ref: 'info.json' } }, { info }],
  ['info with a field beside', { info: { $ref: 'info.json', version: '2' } }, { info: { title: 'T', version: '2' } }],
  [
    'info with references',
    { info: { $ref: 'described.json' } },
    { info: { ...info, description: '# Intro', license } },
  ],
  ['the license', { info: { ...info, license: { $ref: 'license.json' } } }, { info: { ...info, license } }],
  ['the servers', { servers: { $ref: 'shared.json#/servers' } }, { servers: [server] }],
  ['one server', { servers: [{ $ref: 'shared.json#/server' }] }, { servers: [server] }],
  ['tags', { tags: { $ref: 'shared.json#/tags' } }, { tags: [{ name: 'a', description: 'A' }] }],
  [
    'an extension',
    { info: { ...info, 'x-a': { $ref: 'none.json' } } },
    { info: { ...info, 'x-a': { $ref: 'none.json' } } },
  ],
])('a reference in place of %s is read', async (_, given, want) => {
  const spec = await load(given);
  expect(spec.problems).toEqual([]);
  expect((await bundleSpec(spec)).document).toMatchObject(want);
  expect((await lintSpec(spec)).filter(({ code }) => code === 'struct')).toEqual([]);
});

test.each([
  ['a missing file', { $ref: 'none.json' }, 'ref-file-missing'],
  ['a file outside', { $ref: '../info.json' }, 'ref-outside'],
  ['a cycle', { $ref: 'cycle.json' }, 'ref-cycle'],
])('%s is an error', async (_, given, code) => {
  const spec = await load({ info: given });
  expect(spec.problems.map(({ code, pointer }) => [code, pointer])).toEqual([[code, '/info/$ref']]);
});
