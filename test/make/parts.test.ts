import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { generate } from '../../scripts/generate/index.ts';
import { partsOf } from '../../scripts/generate/parts-file.ts';
import { makeWorkspace } from '../cli/run.ts';

describe('parts of an earlier run', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'countersign-parts-'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const file = (): string => join(folder, 'steps/acme-types.parts');
  const open = (toolkit = 'a', ignored = false) =>
    partsOf({ prefix: join(folder, 'steps/acme'), toolkit, ignored })('types');

  const FIRST = { x: 'earlier x', é: 'earlier é \u{1F600}\n', empty: '', '\uD800': 'lone' };

  function first(): void {
    const { recall, save } = open();
    for (const [from, text] of Object.entries(FIRST)) recall('type', from, () => text);
    recall('type', 'broken', () => '\uDC00');
    save();
  }

  it.each<[what: string, kind: string, from: string, toolkit: string, ignored: boolean, want: string]>([
    ['the same input', 'type', 'x', 'a', false, 'earlier x'],
    ['text that is not ASCII', 'type', 'é', 'a', false, 'earlier é \u{1F600}\n'],
    ['an empty part', 'type', 'empty', 'a', false, ''],
    ['another input', 'type', 'y', 'a', false, 'made'],
    ['another kind', 'layout', 'x', 'a', false, 'made'],
    ['another toolkit', 'type', 'x', 'b', false, 'made'],
    ['a run without the cache', 'type', 'x', 'a', true, 'made'],
    ['a lone surrogate, which has no encoding', 'type', '\uD800', 'a', false, 'made'],
    ['another lone surrogate', 'type', '\uD801', 'a', false, 'made'],
    ['a part with a lone surrogate', 'type', 'broken', 'a', false, 'made'],
  ])('%s', (_, kind, from, toolkit, ignored, want) => {
    first();
    expect(open(toolkit, ignored).recall(kind, from, () => 'made')).toBe(want);
  });

  it('makes the same part once in a run', () => {
    const { recall } = open();
    recall('type', 'x', () => 'first');
    expect(recall('type', 'x', () => 'second')).toBe('first');
  });

  it('keeps only the parts of the last run, and does not write the same parts again', async () => {
    first();
    const next = open();
    next.recall('type', 'x', () => 'made');
    next.recall('type', 'z', () => 'z');
    next.save();
    const written = await readFile(file());
    const third = open();
    expect(['x', 'é', 'z'].map((from) => third.recall('type', from, () => 'made'))).toEqual(['earlier x', 'made', 'z']);
    const same = open();
    for (const from of ['z', 'x']) same.recall('type', from, () => 'made');
    same.save();
    expect((await readFile(file())).equals(written)).toBe(true);
    expect(await readdir(join(folder, 'steps'))).toEqual(['acme-types.parts']);
  });

  it('makes a part again that no longer holds, once in a run', () => {
    first();
    const next = open();
    const made = ['again', 'once more'].map((text) =>
      next.recall(
        'type',
        'x',
        () => text,
        (part) => part === 'again',
      ),
    );
    expect(made).toEqual(['again', 'again']);
    next.save();
    expect(open().recall('type', 'x', () => 'made')).toBe('again');
  });

  it('keeps the file of a run that used no part', async () => {
    first();
    open().save();
    expect(open().recall('type', 'x', () => 'made')).toBe('earlier x');
  });

  it('does not store a part that fails', () => {
    const { recall, save } = open();
    const fail = (): never => {
      throw new Error('broken');
    };
    expect(() => recall('type', 'x', fail)).toThrow('broken');
    save();
    expect(open().recall('type', 'x', () => 'made')).toBe('made');
  });

  it('has no parts in a file that is cut or changed at any place', async () => {
    first();
    const whole = await readFile(file());
    for (let at = 0; at < whole.length; at += 1) {
      await writeFile(file(), whole);
      await truncate(file(), at);
      expect(
        open().recall('type', 'x', () => 'made'),
        `cut at ${at}`,
      ).toBe('made');
      const changed = Buffer.from(whole);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      await writeFile(file(), changed);
      expect(
        open().recall('type', 'x', () => 'made'),
        `changed at ${at}`,
      ).toBe('made');
    }
    await writeFile(file(), Buffer.concat([whole, Buffer.from('x')]));
    expect(
      open().recall('type', 'x', () => 'made'),
      'longer',
    ).toBe('made');
    await writeFile(file(), whole);
    expect(
      open().recall('type', 'x', () => 'made'),
      'whole',
    ).toBe('earlier x');
  });
});

it('a run recalls unchanged parts of validators and types, also in a worker thread', async () => {
  const root = await makeWorkspace();
  try {
    const spec = join(root, 'specs/acme/openapi.yaml');
    const workspace = openWorkspace(root, {});
    // Validators of a schema are made again with those that lead to it.
    const names = '  schemas:\n    Names: { type: array, items: { type: string } }\n';
    const content = "\n          content: { application/json: { schema: { $ref: '#/components/schemas/Names' } } }";
    const added = (await readFile(spec, 'utf8'))
      .replace('  schemas:\n', names)
      .replace('Refused.', (text) => text + content);
    await writeFile(spec, added);
    // Larger than 1 MB: a thread of its own.
    for (const comment of ['', `#${' '.repeat(1_100_000)}\n`]) {
      await writeFile(spec, comment + (await readFile(spec, 'utf8')));
      await generate(workspace, { force: true });
      const keysOf = async (emitter: string): Promise<readonly string[]> => {
        const text = await readFile(join(workspace.cache, `steps/acme-${emitter}.parts`), 'latin1');
        return (JSON.parse(text.split('\n')[2] ?? '') as [string, number][]).map(([key]) => key);
      };
      const keys = () => Promise.all(['validators', 'types'].map(keysOf));
      const before = await keys();
      await writeFile(spec, (await readFile(spec, 'utf8')).replace('minimum: 1', 'minimum: 0'));
      await generate(workspace);
      for (const [at, after] of (await keys()).entries()) {
        const kept = after.filter((key) => before[at]?.includes(key));
        expect(kept.length).toBeGreaterThan(0);
        expect(kept.length).toBeLessThan(after.length);
      }
      const again = await generate(workspace, { force: true });
      expect(again.reports).toMatchObject([{ fresh: false, changed: [] }]);
      await writeFile(spec, (await readFile(spec, 'utf8')).replace('minimum: 0', 'minimum: 1'));
    }
  } finally {
    await rm(root, { recursive: true });
  }
});
