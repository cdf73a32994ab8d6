import { spawnSync } from 'node:child_process';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { watch } from '../../scripts/commands/cli/watch.ts';
import { loadConfig } from '../../scripts/config/index.ts';
import { openWorkspace, type Workspace } from '../../scripts/config/workspace.ts';
import { hashEmitters, watchedSources } from '../../scripts/generate/emitter-sources.ts';
import { openPool } from '../../scripts/generate/pool.ts';
import { type EmitterWorkspace, makeWorkspace, repository } from './workspace.ts';

const CONFIG = `import { defineConfig } from 'countersign';
import { listed } from './emitters/listed.ts';
import { packaged } from 'packaged';

export default defineConfig({ emitters: [[listed, { title: 'One' }], packaged] });
`;
const LISTED = `import { readFileSync } from 'node:fs';
import { defineEmitter } from 'countersign/emitter';
import { z } from 'zod';
import { heading } from './shared/heading.ts';

const template = readFileSync(new URL('./listed.txt', import.meta.url), 'utf8');
export const listed = defineEmitter({
  name: 'listed',
  api: 1,
  settings: z.object({ title: z.string() }),
  emit: (api, { title }) => [{ path: 'LIST.md', text: heading(title) + template + api.operations.map((each) => each.operationId) }],
});
`;
const FILES = {
  'countersign.config.ts': CONFIG,
  'emitters/listed.ts': LISTED,
  'emitters/listed.txt': 'Operations: ',
  'emitters/shared/heading.ts': "export const heading = (text: string): string => '# '.concat(text, '\\n\\n');\n",
};

let workspace: EmitterWorkspace;
let revision = 0;
beforeEach(async () => {
  workspace = await makeWorkspace(FILES);
  const packaged = { name: 'packaged', version: '1.0.0', type: 'module', exports: './dist/index.js' };
  await workspace.write('node_modules/packaged/package.json', JSON.stringify(packaged));
  await workspace.write(
    'node_modules/packaged/dist/index.js',
    "export const packaged = { name: 'packaged', api: 1, needs: ['listed'], emit: () => [{ path: 'src/packaged.ts', text: 'export const a=1' }] };",
  );
});
afterEach(() => workspace.remove());

async function open(): Promise<Workspace> {
  revision += 1;
  return openWorkspace(workspace.root, await loadConfig(workspace.root, revision), revision);
}
const hash = async (): Promise<string> => (await hashEmitters(await open()))('shop');

describe('the cache', () => {
  const changes: readonly (readonly [what: string, path: string, text: string])[] = [
    ['a setting', 'countersign.config.ts', CONFIG.replace('One', 'Two')],
    ['the code', 'emitters/listed.ts', `${LISTED}// more`],
    ['a template beside it', 'emitters/listed.txt', 'Calls: '],
    [
      'a module that it imports',
      'emitters/shared/heading.ts',
      'export const heading = (text: string): string => text;',
    ],
    [
      'the code of a package',
      'node_modules/packaged/dist/index.js',
      "export const packaged = { name: 'packaged', api: 1, emit: () => [] };",
    ],
    ['a template of a package', 'node_modules/packaged/dist/a.txt', 'a'],
    ['the lockfile', 'package-lock.json', '{}'],
  ];
  it.each(changes)('is invalidated by a change of %s', async (_, path, text) => {
    const before = await hash();
    expect(await hash()).toBe(before);
    await workspace.write(path, text);
    expect(await hash()).not.toBe(before);
  });

  it.each(['specs/shop/notes.txt', 'other.txt', 'generated/shop/a.txt'])(
    'is kept after a change of %s',
    async (path) => {
      const before = await hash();
      await workspace.write(path, 'a');
      expect(await hash()).toBe(before);
    },
  );
});

it('a later load runs the emitters of the workspace again', () => {
  // In a separate process: the test runner does not load modules as Node does.
  const script = `
    import { writeFileSync } from 'node:fs';
    import { readConfig } from ${JSON.stringify(join(repository, 'scripts/config/index.ts'))};
    const root = ${JSON.stringify(workspace.root)};
    const print = async (revision) => {
      const [used] = (await readConfig(root, revision)).emitters.of('shop');
      const [file] = await used.emitter.emit({ operations: [] }, used.settings);
      console.log(JSON.stringify(file.text));
    };
    await print(0);
    writeFileSync(root + '/emitters/listed.txt', 'Calls: ');
    await print(0);
    await print(1);
    writeFileSync(root + '/emitters/shared/heading.ts', 'export const heading = (text: string): string => text;');
    await print(2);`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect({
    stderr,
    lines: stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  }).toEqual({
    stderr: '',
    lines: ['# One\n\nOperations: ', '# One\n\nOperations: ', '# One\n\nCalls: ', 'OneCalls: '],
  });
});

it('worker threads run emitters, whose functions cannot be transferred', async () => {
  const staging = await mkdtemp(join(tmpdir(), 'countersign-staging-'));
  const opened = await open();
  const pool = openPool(1);
  try {
    const made = await pool.makeProvider(opened, 'shop', staging);
    expect(made.changed).toEqual(expect.arrayContaining(['generated/shop/LIST.md', 'generated/shop/src/packaged.ts']));
  } finally {
    await pool.close();
    await rm(staging, { recursive: true });
  }
});

it('watches the configuration while an editor replaces it', async () => {
  const opened = await open();
  const config = join(opened.root, 'countersign.config.ts');
  await rename(config, `${config}~`);
  expect(watchedSources(opened)).toEqual([config]);
  await rename(`${config}~`, config);
  expect(watchedSources(opened)).toContain(join(opened.root, 'emitters'));
});

it('--watch generates all providers after a change of the configuration or of an emitter', async () => {
  const opened = await open();
  const end = new AbortController();
  const runs: (readonly string[])[] = [];
  let readings = 0;
  let next = Promise.withResolvers<void>();
  let ended = Promise.resolve();
  await new Promise<void>((ready) => {
    ended = watch(
      opened,
      [],
      async (providers) => {
        runs.push(providers);
        next.resolve();
      },
      end.signal,
      ready,
      {
        sources: () => watchedSources(opened),
        read: async () => {
          readings += 1;
          return true;
        },
      },
    );
  });
  for (const path of [
    'countersign.config.ts',
    'emitters/listed.txt',
    'emitters/shared/heading.ts',
    'countersign.config.ts',
  ]) {
    next = Promise.withResolvers();
    await workspace.write(path, `${FILES[path as keyof typeof FILES]}\n`);
    await next.promise;
  }
  expect(runs).toEqual([[], [], [], []]);
  expect(readings).toBe(4);
  end.abort();
  await ended;
});
