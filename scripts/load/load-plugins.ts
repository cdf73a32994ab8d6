import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** One hand-written TypeScript file, read as text. `generate` never runs it. */
export type PluginFile = { readonly path: string; readonly shown: string; readonly text: string };

/** `plugins/<provider>/`: all parts are optional. `logic` has every `.ts` file below `logic/`. */
export type PluginFiles = {
  /** The folder, relative to the working directory. */
  readonly shown: string;
  readonly signing: PluginFile | undefined;
  readonly hooks: PluginFile | undefined;
  readonly services: PluginFile | undefined;
  readonly logic: readonly PluginFile[];
  /** The text of each file, by the file name in positions. */
  readonly texts: ReadonlyMap<string, string>;
};

async function listFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Reads the plugins of a provider as text. */
export async function loadPlugins(folder: string, cwd: string): Promise<PluginFiles> {
  const paths = (await listFiles(folder)).filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'));
  const read = async (path: string): Promise<PluginFile> => ({
    path,
    shown: relative(cwd, path),
    text: await readFile(path, 'utf8'),
  });
  const readIfThere = (name: string): Promise<PluginFile | undefined> => {
    const path = join(folder, name);
    return paths.includes(path) ? read(path) : Promise.resolve(undefined);
  };
  const [signing, hooks, services, logic] = await Promise.all([
    readIfThere('signing.ts'),
    readIfThere('hooks.ts'),
    readIfThere('services.ts'),
    Promise.all(paths.filter((path) => path.startsWith(join(folder, 'logic/'))).map(read)),
  ]);
  const all = [signing, hooks, services, ...logic].filter((file) => file !== undefined);
  const texts = new Map(all.map(({ shown, text }) => [shown, text]));
  return { shown: relative(cwd, folder), signing, hooks, services, logic, texts };
}
