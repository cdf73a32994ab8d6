import { mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashPaths, listTree } from '../../scripts/generate/cache.ts';
import { makeWorkspace, run } from './run.ts';

/** Characters that a terminal or an editor interprets instead of showing them. */
const OBEYED = /[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const WORDS = 'a\u009b31m\u202eb\u2028c\u200bd\u{e0041}';

let cwd: string;
beforeEach(async () => {
  cwd = await makeWorkspace();
});
afterEach(() => rm(cwd, { recursive: true }));

const spec = (): string => join(cwd, 'specs/acme/openapi.yaml');
const replaceInSpec = async (from: string, to: string): Promise<void> =>
  writeFile(spec(), (await readFile(spec(), 'utf8')).replace(from, to));

describe('output as JSON', () => {
  it.each([
    [
      'lint',
      ['lint', '--json'],
      'operationId: listThings',
      `operationId: ${JSON.stringify(WORDS)}\n      ${JSON.stringify(WORDS)}: 1`,
    ],
    ['generate', ['generate', '--json'], 'title: Acme', `title: Acme\n  ${JSON.stringify(WORDS)}: 1`],
    ['doctor', ['doctor', '--json'], 'title: Acme', `title: Acme\n  ${JSON.stringify(WORDS)}: 1`],
    ['diff', ['diff', 'acme', '--against', 'earlier.json', '--json'], 'title: Acme', 'title: Acme'],
  ])('of %s contains no control characters, and the same text', async (_, args, from, to) => {
    await run(['generate'], cwd);
    await replaceInSpec(from, to);
    const generated = JSON.parse(await readFile(join(cwd, 'generated/acme/openapi.json'), 'utf8'));
    await writeFile(
      join(cwd, 'earlier.json'),
      JSON.stringify({
        ...generated,
        info: { ...generated.info, title: WORDS },
        servers: [{ url: `https://${WORDS}` }],
      }),
    );
    const { out } = await run(args, cwd);
    expect(out).not.toMatch(OBEYED);
    if (args[0] !== 'doctor') expect(JSON.stringify(JSON.parse(out))).toContain(WORDS.slice(1, 5));
  });

  it('is a valid package.json if generated', async () => {
    await replaceInSpec('title: Acme', `title: ${JSON.stringify(WORDS)}`);
    expect((await run(['generate'], cwd)).code).toBe(0);
    const text = await readFile(join(cwd, 'generated/acme/package.json'), 'utf8');
    expect(text).not.toMatch(OBEYED);
    expect(JSON.parse(text).description).toContain('a\u009b31m\u202eb');
  });
});

describe('diff', () => {
  it.each([
    ['no version', { info: {}, paths: {} }, 'openapi-missing'],
    [
      'an invalid retry rule',
      {
        openapi: '3.1.1',
        paths: { '/things': { get: { operationId: 'listThings', 'x-cs-retry': 5, responses: {} } } },
      },
      'diff-document',
    ],
  ])('reports a document with %s by its file name', async (_, document, error) => {
    await run(['generate'], cwd);
    await writeFile(join(cwd, 'earlier.json'), JSON.stringify(document));
    const { code, err } = await run(['diff', 'acme', '--against', 'earlier.json'], cwd);
    expect(code).toBe(1);
    expect(err).toMatch(new RegExp(`error\\[${error}\\].*\\n *--> earlier\\.json:1:1`));
  });

  it.each([
    ['no info', { paths: {} }],
    ['an invalid info', { info: [], paths: {} }],
    ['no paths', { info: {} }],
  ])('compares with a document that has %s, because it has no operations', async (_, document) => {
    await run(['generate'], cwd);
    await writeFile(join(cwd, 'earlier.json'), JSON.stringify({ openapi: '3.1.1', ...document }));
    const { code, out, err } = await run(['diff', 'acme', '--against', 'earlier.json', '--format', 'json'], cwd);
    expect([code, err]).toEqual([0, '']);
    expect(JSON.stringify(JSON.parse(out))).toContain('"operation":"listThings","text":"is new"');
  });
});

describe('symbolic links in a spec folder', () => {
  it('can have missing targets, parent folders and devices as targets', async () => {
    for (const [name, to] of [
      ['nowhere', 'not-there'],
      ['up', '..'],
      ['itself', 'itself'],
      ['device', '/dev/zero'],
      ['elsewhere', '/etc'],
    ] as const)
      await symlink(to, join(cwd, 'specs/acme', name));
    expect(await run(['generate'], cwd)).toMatchObject({ code: 0, err: '' });
    expect(listTree(join(cwd, 'specs/acme')).length).toBeLessThan(20);
  });

  it('affect the hash by their target, because a $ref may name one', async () => {
    const folder = join(cwd, 'specs/acme');
    await mkdir(join(folder, 'parts'));
    for (const name of ['a', 'b'])
      await writeFile(join(folder, `parts/${name}.yaml`), `type: string\ntitle: Part ${name}\n`);
    const hashes = [];
    for (const name of ['a', 'b', 'a']) {
      await symlink(`parts/${name}.yaml`, join(folder, 'next.yaml'));
      await rename(join(folder, 'next.yaml'), join(folder, 'part.yaml'));
      hashes.push(hashPaths([folder], cwd));
    }
    expect(hashes[0]).toBe(hashes[2]);
    expect(hashes[0]).not.toBe(hashes[1]);
  });
});
