import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** Declarations name each other by the JavaScript that they are of. */
export async function copyTypes(from: string, into: string): Promise<void> {
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter(({ name }) => name.endsWith('.d.ts'))) {
    const file = join(entry.parentPath, entry.name);
    const text = await readFile(file, 'utf8');
    await writeFile(
      join(into, relative(from, file)),
      text.replace(/((?:from |import\()['"]\.[^'"]*)\.ts(['"])/g, '$1.js$2'),
    );
  }
}

/** The types of countersign.config.ts, in one file. */
export async function configTypes(root: string): Promise<string> {
  const [types, diff] = await Promise.all(
    ['config/types.ts', 'commands/diff/types.ts'].map((path) => readFile(join(root, 'scripts', path), 'utf8')),
  );
  const role = /(?:\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)?export type Role = [^;]+;/.exec(diff ?? '')?.[0] ?? '';
  const body = (types ?? '').replace(/^import [^\n]*\n/gm, '').replace(/export function defineConfig[\s\S]*$/, '');
  return `${role}\n${body.trim()}\nexport declare function defineConfig(config: Config): Config;\n`;
}
