import { access, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export const root = join(import.meta.dirname, '../..');

/** Markdown files that people read, by their paths in the repository. */
export async function listPages(): Promise<readonly string[]> {
  const filesIn = async (folder: string): Promise<readonly string[]> =>
    (await readdir(join(root, folder))).filter((name) => name.endsWith('.md')).map((name) => `${folder}/${name}`);
  return [
    'README.md',
    'ARCHITECTURE.md',
    'CONTRIBUTING.md',
    ...(await filesIn('docs')),
    ...(await filesIn('docs/decisions')),
  ];
}

/** Anchors as GitHub and npm make them of headings. */
const anchorsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );

/** Links of a page to files and anchors that do not exist. */
export async function findBrokenLinks(page: string): Promise<readonly string[]> {
  const read = (path: string): Promise<string> => readFile(join(root, path), 'utf8');
  const text = (await read(page)).replaceAll(/^```[\s\S]*?^```$/gm, '');
  const broken: string[] = [];
  for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^https?:/.test(target)) continue;
    const [path = '', anchor] = target.split('#');
    const file = path === '' ? page : join(dirname(page), path);
    const exists = await access(join(root, file)).then(
      () => true,
      () => false,
    );
    const found =
      anchor === undefined || (exists && file.endsWith('.md') && anchorsOf(await read(file)).includes(anchor));
    if (!exists || !found) broken.push(target);
  }
  return broken;
}
