import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The folder and name of the npm package that contains a module; undefined for our own files. */
function packageOf(module: string): { readonly name: string; readonly folder: string } | undefined {
  const match = /^(.*[\\/]node_modules[\\/])((?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(module);
  if (match === null || match[2]?.startsWith('@countersign')) return undefined;
  const [, parent = '', name = ''] = match;
  return { name: name.replace('\\', '/'), folder: join(parent, name) };
}

/** The licences of bundled code, for the end of LICENSE. They require that their text accompanies the code. */
export async function collectNotices(modules: readonly string[]): Promise<string> {
  const packages = new Map(
    modules.flatMap((module) => packageOf(module) ?? []).map(({ name, folder }) => [name, folder]),
  );
  const notices = await Promise.all(
    [...packages].sort().map(async ([name, folder]) => {
      const text = await readFile(join(folder, 'LICENSE'), 'utf8').catch(() =>
        readFile(join(dirname(folder), 'LICENSE'), 'utf8').catch(() => ''),
      );
      return `\n---\n\nThis package contains ${name}:\n\n${text.trim()}\n`;
    }),
  );
  return notices.join('');
}
