import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openWorkspace } from '../../config/workspace.ts';
import { openOutput } from '../cli/output.ts';
import { commandsOf } from '../cli/program.ts';
import { findBrokenLinks } from './check-links.ts';
import { cliReference } from './cli-reference.ts';
import { siteConfig } from './config.ts';
import { configReference } from './config-reference.ts';
import { writeTexts } from './llms.ts';
import { type Page, SECTIONS, type Section } from './pages.ts';
import { openPictures } from './pictures.ts';
import { writeRuntimeReference } from './runtime-reference.ts';
import { sitePage, titleOf } from './text.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** Below the repository, so that VitePress finds its packages. */
const WORK = join(ROOT, `dist/site-pages-${process.pid}`);
/** The path of the site in the mock, and on any host. */
const BASE = '/guide/';

/**
 * Builds the docs site into a folder that any host can serve.
 * @param only paths of the pages to build, for a check of these alone. Their links to other pages are broken. Default:
 * all
 */
export async function buildSite(out: string, only?: readonly string[]): Promise<void> {
  try {
    await buildPages(out, only);
  } finally {
    await rm(WORK, { recursive: true, force: true });
  }
}

async function buildPages(out: string, only: readonly string[] | undefined): Promise<void> {
  await mkdir(join(WORK, 'reference'), { recursive: true });
  const sections = await writePages(only);
  await writeFile(join(WORK, 'index.md'), homePage(sections));
  await mkdir(join(WORK, '.vitepress/theme'), { recursive: true });
  await cp(join(ROOT, 'templates/site'), join(WORK, '.vitepress/theme'), { recursive: true });
  const config = { ...siteConfig(BASE, sections, join(out, 'guide')), ignoreDeadLinks: only !== undefined };
  await writeFile(
    join(WORK, '.vitepress/config.mjs'),
    `import { accessibleSearch } from './theme/accessible-search.js';
import { keepHighlights } from './theme/keep-highlights.js';

const config = ${JSON.stringify(config, undefined, 2)};
export default {
  ...config,
  markdown: { ...config.markdown, config: keepHighlights },
  vite: { plugins: [accessibleSearch()] },
};
`,
  );
  await rm(out, { recursive: true, force: true });
  const { build } = await import('vitepress');
  await build(WORK);
  await writeTexts(sections, { base: BASE, work: WORK, out: join(out, 'guide') });
  await writeFile(
    join(out, 'index.html'),
    `<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>Countersign</title><meta http-equiv="refresh" content="0; url=.${BASE}"><a href=".${BASE}">Countersign</a></html>\n`,
  );
  if (only !== undefined) return;
  const broken = await findBrokenLinks(join(out, 'guide'), BASE);
  if (broken.length > 0) throw new Error(`These links lead nowhere:\n${broken.join('\n')}`);
}

/** Writes the selected pages. Returns the sections with these pages, including pages from folders. */
async function writePages(only: readonly string[] | undefined): Promise<readonly Section[]> {
  const chosen = ({ to }: Page): boolean => only?.includes(to) ?? true;
  const decisions = (await readdir(join(ROOT, 'docs/decisions'))).filter((name) => /^\d/.test(name)).sort();
  const sections: Section[] = [];
  for (const section of SECTIONS) {
    const more: Page[] = [];
    // A page that is not in the navigation is a guide.
    if (section.title === 'How-to guides')
      for (const name of await readdir(join(ROOT, 'docs'))) {
        const from = `docs/${name}`;
        if (!name.endsWith('.md') || SECTIONS.some(({ pages }) => pages.some((each) => each.from === from))) continue;
        more.push({ from, to: name, title: titleOf(await readFile(join(ROOT, from), 'utf8')), about: '' });
      }
    if (section.title === 'Explanation')
      for (const name of decisions) {
        const text = await readFile(join(ROOT, 'docs/decisions', name), 'utf8');
        more.push({ from: `docs/decisions/${name}`, to: `decisions/${name}`, title: titleOf(text), about: '' });
      }
    sections.push({ ...section, pages: [...section.pages, ...more] });
  }
  const all = sections.flatMap(({ pages }) => pages);
  const runtime = all.some((page) => page.to === 'reference/runtime.md' && chosen(page)) ? await runtimePages() : '';
  const places = new Map([
    ...all.filter(({ from }) => from !== '').map(({ from, to }) => [from, to] as const),
    ['README.md', 'index.md'] as const,
    ['docs/decisions/', 'decisions/index.md'] as const,
    ['specs/x-cs.schema.json', 'x-cs.schema.json'] as const,
  ]);
  const texts = new Map([
    [
      'reference/cli.md',
      cliReference(await commandsOf(openWorkspace(ROOT), openOutput(process.stdout, process.stderr, process.env))),
    ],
    ['reference/configuration.md', configReference(join(ROOT, 'scripts/config/types.ts'))],
    ['reference/runtime.md', runtime],
  ]);
  const withPictures =
    only === undefined
      ? await openPictures(ROOT, join(WORK, 'public/pictures'))
      : (_: string, text: string): string => text;
  for (const { from, to } of all.filter(chosen)) {
    const text = from === '' ? (texts.get(to) ?? '') : await readFile(join(ROOT, from), 'utf8');
    await mkdir(dirname(join(WORK, to)), { recursive: true });
    await writeFile(join(WORK, to), from === '' ? text : withPictures(from, sitePage(text, from, to, places)));
  }
  await mkdir(join(WORK, 'public'), { recursive: true });
  await cp(join(ROOT, 'specs/x-cs.schema.json'), join(WORK, 'public/x-cs.schema.json'));
  await cp(join(ROOT, 'docs/flow.svg'), join(WORK, 'public/flow.svg'));
  return sections.map((section) => ({ ...section, pages: section.pages.filter(chosen) }));
}

/** The pages of TypeDoc, and a page that lists them. */
async function runtimePages(): Promise<string> {
  const entries = await readdir(join(ROOT, 'runtime'), { withFileTypes: true });
  const modules: string[] = [];
  for (const entry of entries)
    if (entry.isDirectory() && (await readdir(join(ROOT, 'runtime', entry.name))).includes('index.ts'))
      modules.push(entry.name);
  const names = await writeRuntimeReference(ROOT, modules.sort(), join(WORK, 'reference/runtime'));
  const list = names.map(
    (name) => `- [\`@countersign/runtime/${name.replace(/(\/index)?\.md$/, '')}\`](runtime/${name})`,
  );
  return `# Runtime API\n\nWhat generated code and plugins import. Types and functions of each entry point:\n\n${list.join('\n')}\n`;
}

function homePage(sections: readonly Section[]): string {
  const lists = sections.map(({ title, pages }) => {
    const items = pages
      .filter(({ about }) => about !== '')
      .map((page) => `- [${page.title}](${page.to}): ${page.about}`);
    return `## ${title}\n\n${items.join('\n')}`;
  });
  return `# Countersign

Countersign generates typed clients, servers, validators, React hooks and mocks from one OpenAPI spec per provider. It is made
for partner APIs that sign requests, report errors in HTTP 200, choose operations by a parameter and call your server.

${lists.join('\n\n')}
`;
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { out: { type: 'string', default: 'dist/site' } } });
  const out = resolve(ROOT, values.out);
  await buildSite(out);
  console.log(
    `The site is built in ${relative(process.cwd(), out)}: serve it with any host, or open /guide/ on the mock.`,
  );
}
