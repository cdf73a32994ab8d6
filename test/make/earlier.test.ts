import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { openEarlier } from '../../scripts/generate/earlier.ts';
import { generate, openKept } from '../../scripts/generate/index.ts';
import { makeWorkspace } from '../cli/run.ts';

describe('results of an earlier run', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'countersign-earlier-'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const file = (): string => join(folder, 'steps/acme-types.json');
  const open = (toolkit = 'a', ignored = false) =>
    openEarlier({ prefix: join(folder, 'steps/acme'), toolkit, ignored }, 'types');

  async function first(): Promise<void> {
    const { recall, save } = open();
    await recall('format', { text: 'x' }, async () => 'earlier');
    await recall('format', new Map([['x', 1]]), async () => 'earlier');
    save();
  }

  it.each<[what: string, step: string, from: unknown, toolkit: string, ignored: boolean, want: string]>([
    ['the same input', 'format', { text: 'x' }, 'a', false, 'earlier'],
    ['an equal map', 'format', new Map([['x', 1]]), 'a', false, 'earlier'],
    ['another map', 'format', new Map([['x', 2]]), 'a', false, 'made'],
    ['another text', 'format', { text: 'y' }, 'a', false, 'made'],
    ['another step', 'types', { text: 'x' }, 'a', false, 'made'],
    ['another toolkit', 'format', { text: 'x' }, 'b', false, 'made'],
    ['a run without the cache', 'format', { text: 'x' }, 'a', true, 'made'],
  ])('%s', async (_, step, from, toolkit, ignored, want) => {
    await first();
    expect(await open(toolkit, ignored).recall(step, from, async () => 'made')).toBe(want);
  });

  it('keeps only the results of the last run', async () => {
    await first();
    const { recall, save } = open();
    await recall('format', 'y', async () => 'made');
    save();
    expect(JSON.parse(await readFile(file(), 'utf8'))).toHaveLength(1);
    expect(await open().recall('format', { text: 'x' }, async () => 'made')).toBe('made');
  });

  it('does not store a step that fails', async () => {
    const { recall, save } = open();
    await expect(recall('format', 'x', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    save();
    expect(await open().recall('format', 'x', async () => 'made')).toBe('made');
  });

  it.each(['', '{', '[1]', '{}'])('has no results in a file with %j', async (text) => {
    await first();
    await writeFile(file(), text);
    expect(await open().recall('format', { text: 'x' }, async () => 'made')).toBe('made');
  });
});

describe('a run after a change writes the same as one without the cache', () => {
  let root: string;
  beforeEach(async () => {
    root = await makeWorkspace();
  });
  afterEach(() => rm(root, { recursive: true }));

  const config = { providers: { acme: { hooks: ['react', 'vue'] as const } } };
  const SPEC = 'specs/acme/openapi.yaml';

  it('in a sequence of changes', async () => {
    const workspace = openWorkspace(root, config);
    const kept = openKept();
    const steps = (part: string) => readFile(join(workspace.cache, `steps/acme-${part}.json`), 'utf8');
    const table: readonly (readonly [what: string, file: string, from: RegExp | string, to: string])[] = [
      ['a comment', SPEC, /^/, '# A comment.\n'],
      ['a title', SPEC, /title: .*/, 'title: Another'],
      ['a description of the API', SPEC, 'A small API that signs.', 'Another.'],
      ['a summary', SPEC, 'List things', 'All things'],
      ['a property', SPEC, '          id: {', '          name: { type: string }\n          id: {'],
      ['a bound', SPEC, 'minimum: 1', 'minimum: 0'],
      ['an example', SPEC, '{ id: 2 }', '{ id: 3 }'],
      ['a method: a query becomes a mutation', SPEC, '    get:', '    post:'],
      ['a handler no longer exists', 'plugins/acme/logic/things.ts', /.*/s, '// No handler.\n'],
    ];
    try {
      await generate(workspace, { kept });
      for (const [what, file, from, to] of table) {
        const before = [await steps('tools'), await steps('emit')];
        const text = await readFile(join(root, file), 'utf8');
        const edited = text.replace(from, to);
        expect(edited, what).not.toBe(text);
        await writeFile(join(root, file), edited);
        const changed = await generate(workspace, { kept });
        expect(changed.reports, what).toMatchObject([{ fresh: false }]);
        const isSame = ['a comment', 'a description of the API', 'a handler no longer exists'].includes(what);
        expect(
          [await steps('tools'), await steps('emit')].map((text, at) => text === before[at]),
          what,
        ).toEqual([isSame, isSame]);
        const again = await generate(workspace, { kept, force: true });
        expect(again.reports, what).toMatchObject([{ fresh: false, changed: [] }]);
      }
    } finally {
      await kept.tools.close();
    }
  });
});
