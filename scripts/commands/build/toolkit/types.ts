import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

/** Copies declarations, whose imports then name the JavaScript modules instead of the TypeScript sources. */
export async function copyTypes(from: string, into: string, only?: ReadonlySet<string>): Promise<void> {
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter(({ name }) => name.endsWith('.d.ts'))) {
    const file = join(entry.parentPath, entry.name);
    const path = relative(from, file);
    if (only !== undefined && !only.has(path)) continue;
    const text = await readFile(file, 'utf8');
    await mkdir(dirname(join(into, path)), { recursive: true });
    await writeFile(join(into, path), text.replace(/((?:from |import\()['"]\.[^'"]*)\.ts(['"])/g, '$1.js$2'));
  }
}

/** Declarations below a folder, and those that they import, by their paths in the folder. */
export async function typesOf(folder: string, entries: readonly string[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  const waiting = entries.map((path) => `${path}.d.ts`);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    const text = await readFile(join(folder, path), 'utf8');
    for (const [, specifier = ''] of text.matchAll(/(?:from |import\()['"](\.[^'"]*)\.ts['"]/g))
      waiting.push(join(dirname(path), `${specifier}.d.ts`));
  }
  return found;
}
