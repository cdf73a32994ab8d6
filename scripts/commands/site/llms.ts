import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Section } from './pages.ts';

/**
 * Writes `llms.txt`, a list of the pages, and `llms-full.txt`, the text of each page, for language models.
 * https://llmstxt.org
 */
export async function writeTexts(
  sections: readonly Section[],
  { base, work, out }: { readonly base: string; readonly work: string; readonly out: string },
): Promise<void> {
  const lists = sections.map(
    ({ title, pages }) =>
      `## ${title}\n\n${pages.map((page) => `- [${page.title}](${base}${page.to.replace(/\.md$/, '.html')})${page.about === '' ? '' : `: ${page.about}`}`).join('\n')}`,
  );
  const head =
    '# Countersign\n\n> Spec-first clients, servers, validators, hooks and mocks for partner APIs that sign requests.';
  await writeFile(join(out, 'llms.txt'), `${[head, ...lists].join('\n\n')}\n`);
  const texts = await Promise.all(
    sections.flatMap(({ pages }) => pages).map(({ to }) => readFile(join(work, to), 'utf8')),
  );
  await writeFile(join(out, 'llms-full.txt'), `${texts.map((text) => text.trim()).join('\n\n---\n\n')}\n`);
}
