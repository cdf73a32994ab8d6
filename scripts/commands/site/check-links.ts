import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

/**
 * Broken links and anchors of a built site, one per line.
 * @param folder the content that is served at `base`
 */
export async function findBrokenLinks(folder: string, base: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter(({ name }) => name.endsWith('.html')).map((entry) => join(entry.parentPath, entry.name));
  const texts = new Map(await Promise.all(files.map(async (file) => [file, await readFile(file, 'utf8')] as const)));
  const anchors = new Map(
    [...texts].map(([file, html]) => [
      file,
      new Set([...html.matchAll(/\sid="([^"]+)"/g)].map(([, id = '']) => plain(id))),
    ]),
  );
  const broken: string[] = [];
  for (const [file, html] of texts) {
    const body = html.replace(/<script[\s\S]*?<\/script>/g, '');
    for (const [, href = ''] of body.matchAll(/<a\s[^>]*?href="([^"]+)"/g)) {
      if (/^[a-z]+:/i.test(href)) continue;
      const [path = '', hash = ''] = plain(href).split('#', 2);
      const target = targetOf(path, file, folder, base);
      const shown = `${relative(folder, file)}: ${href}`;
      if (target === undefined || !existsSync(target)) broken.push(shown);
      else if (hash !== '' && target.endsWith('.html') && anchors.get(target)?.has(decodeURIComponent(hash)) !== true)
        broken.push(shown);
    }
  }
  return [...new Set(broken)].sort();
}

function targetOf(path: string, file: string, folder: string, base: string): string | undefined {
  if (path === '') return file;
  const absolute = path.startsWith('/');
  if (absolute && !path.startsWith(base)) return undefined;
  const target = absolute ? join(folder, path.slice(base.length)) : join(dirname(file), path);
  return target.endsWith('/') || target === folder ? join(target, 'index.html') : target;
}

const plain = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
