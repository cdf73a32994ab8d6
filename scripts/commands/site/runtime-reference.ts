import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Application } from 'typedoc';

/**
 * Writes a page for each module of `@countersign/runtime` by TypeDoc.
 * @param out folder of the pages; replaced
 * @returns names of the modules
 */
export async function writeRuntimeReference(
  root: string,
  modules: readonly string[],
  out: string,
): Promise<readonly string[]> {
  const entryPoints = modules.map((name) => join(root, 'runtime', name, 'index.ts'));
  // The configuration of the repository includes every script, test and generated package, which TypeDoc would read.
  const tsconfig = `${out}.tsconfig.json`;
  await mkdir(dirname(out), { recursive: true });
  await writeFile(
    tsconfig,
    JSON.stringify({ extends: join(root, 'tsconfig.json'), files: entryPoints, include: [], exclude: [] }),
  );
  const app = await Application.bootstrapWithPlugins({
    plugin: ['typedoc-plugin-markdown'],
    // Without it, TypeDoc replaces the folder `docs`.
    outputs: [{ name: 'markdown', path: out }],
    entryPoints,
    tsconfig,
    name: '@countersign/runtime',
    readme: 'none',
    excludeInternal: true,
    excludePrivate: true,
    excludeExternals: true,
    disableSources: true,
    skipErrorChecking: true,
    hideGenerator: true,
    logLevel: 'Error',
    ...{
      outputFileStrategy: 'modules',
      hidePageHeader: true,
      hideBreadcrumbs: true,
      entryFileName: 'index.md',
      useCodeBlocks: true,
      parametersFormat: 'table',
      enumMembersFormat: 'table',
    },
  });
  const project = await app.convert();
  if (!project) throw new Error('TypeDoc cannot read the runtime');
  await rm(out, { recursive: true, force: true });
  await app.generateOutputs(project);
  await fixAnchors(out);
  const names: string[] = [];
  for (const entry of await readdir(out, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.md')) continue;
    const file = join(entry.parentPath, entry.name);
    if (entry.parentPath !== out || entry.name !== 'index.md') names.push(file.slice(out.length + 1));
  }
  return names.sort();
}

/** TypeDoc and the site number the anchors of equal names differently. Numbers that no heading has are removed. */
async function fixAnchors(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.md'));
  const texts = new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)),
  );
  const countOf = (file: string, slug: string): number =>
    [...(texts.get(file) ?? '').matchAll(/^#+ (.+)$/gm)].filter(([, title = '']) => slugOf(title) === slug).length;
  for (const [name, text] of texts) {
    const fixed = text.replace(
      /\]\(([^)#\s]*)#([\w-]+?)-(\d+)\)/g,
      (whole, path: string, slug: string, number: string) =>
        countOf(path === '' ? name : path.replace(/^\.\//, ''), slug) > Number(number) ? whole : `](${path}#${slug})`,
    );
    if (fixed !== text) await writeFile(join(folder, name), fixed);
  }
}

const slugOf = (title: string): string => title.toLowerCase().replace(/[^\w-]+/g, '');
