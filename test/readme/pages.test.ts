import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readPresets, writeCatalogue } from '../../scripts/commands/docs/signing-catalogue.ts';
import { type ExtensionSchema, writeReference } from '../../scripts/commands/docs/x-cs-reference.ts';
import { presetNames, readPreset } from '../../scripts/commands/init/presets.ts';
import { SECTIONS } from '../../scripts/commands/site/pages.ts';
import { findBrokenLinks, listPages, root } from './links.ts';

const docs = (await readdir(join(root, 'docs'))).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`);
const read = (path: string): Promise<string> => readFile(join(root, path), 'utf8');

const pages = await listPages();

describe('docs', () => {
  it.each(pages)('%s links to files and anchors that exist', async (page) => {
    expect(await findBrokenLinks(page)).toEqual([]);
  });

  it('has the reference generated from the JSON Schema', async () => {
    const schema = JSON.parse(await read('specs/x-cs.schema.json')) as ExtensionSchema;
    expect(await read('docs/x-cs.md')).toBe(writeReference(schema));
  });

  it('has the catalogue generated from the presets', async () => {
    const page = await read('docs/signers.md');
    expect(page).toBe(writeCatalogue(page, readPresets()));
    const entries = [...page.matchAll(/^### (.+)\n\n.+\n\n```yaml\n([\s\S]*?)^```$/gm)];
    const schemes = new Map(entries.map(([, name = '', yaml = '']) => [name, parse(yaml) as object]));
    for (const name of presetNames) {
      const { name: at, in: place = 'header', signing } = readPreset(name);
      expect(schemes.get(name), name).toEqual({ type: 'apiKey', in: place, name: at, 'x-cs-signing': signing });
    }
  });

  it('has every page that the README links to', async () => {
    const readme = await read('README.md');
    expect(docs.filter((page) => !readme.includes(`](${page})`))).toEqual([]);
  });

  it('are all pages of the site', () => {
    const shown = SECTIONS.flatMap((section) => section.pages.map(({ from }) => from));
    expect(docs.filter((page) => !shown.includes(page))).toEqual([]);
  });
});
