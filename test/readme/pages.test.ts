import { access, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ExtensionSchema, writeReference } from '../../scripts/commands/docs/x-cs-reference.ts';

const root = join(import.meta.dirname, '../..');
const docs = (await readdir(join(root, 'docs'))).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`);
const pages = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', ...docs];
const read = (path: string): Promise<string> => readFile(join(root, path), 'utf8');

/** As GitHub and npm make them of headings. */
const anchorsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );

describe('docs', () => {
  it.each(pages)('%s links to what is there', async (page) => {
    const text = (await read(page)).replaceAll(/^```[\s\S]*?^```$/gm, '');
    const broken: string[] = [];
    for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(target)) continue;
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? page : join(dirname(page), path);
      const there = await access(join(root, file)).then(
        () => true,
        () => false,
      );
      const found =
        anchor === undefined || (there && file.endsWith('.md') && anchorsOf(await read(file)).includes(anchor));
      if (!there || !found) broken.push(target);
    }
    expect(broken).toEqual([]);
  });

  it('has the reference that its JSON Schema makes', async () => {
    const schema = JSON.parse(await read('specs/x-cs.schema.json')) as ExtensionSchema;
    expect(await read('docs/x-cs.md')).toBe(writeReference(schema));
  });

  it('has every page that the README leads to', async () => {
    const readme = await read('README.md');
    expect(docs.filter((page) => !readme.includes(`](${page})`))).toEqual([]);
  });
});
