import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';

/** A tree of TypeScript to compile into another folder. */
export type CompileTask = {
  readonly from: string;
  readonly into: string;
  /** Paths to exclude, below `from`, with `/`. */
  readonly skip?: (path: string) => boolean;
  /** Paths that are copied unchanged: input of a later bundler, and files that are not code. */
  readonly keep?: (path: string) => boolean;
};

/**
 * Compiles a folder of TypeScript to JavaScript, file by file, because Node does not run TypeScript below node_modules.
 * Paths stay the same, so that modules still find the files beside them.
 * @returns the names of the packages that the code imports
 */
export async function compileFolder({
  from,
  into,
  skip = () => false,
  keep = () => false,
}: CompileTask): Promise<ReadonlySet<string>> {
  const { transform } = await import('esbuild');
  const imported = new Set<string>();
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const file = join(entry.parentPath, entry.name);
    const path = relative(from, file).split(sep).join('/');
    if (!entry.isFile() || skip(path)) continue;
    const target = join(into, path);
    await mkdir(dirname(target), { recursive: true });
    if (keep(path) || !/\.ts$/.test(path)) {
      await copyFile(file, target);
      if (/\.tsx?$/.test(path)) for (const name of packagesOf(await readFile(file, 'utf8'))) imported.add(name);
      continue;
    }
    const { code } = await transform(await readFile(file, 'utf8'), {
      loader: 'ts',
      format: 'esm',
      target: 'es2024',
      charset: 'utf8',
      tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    });
    const pointed = code.replace(RUNTIME, '$1@countersign/runtime/internal/$2$3');
    await writeFile(target.replace(/\.ts$/, '.js'), pointed.replace(RELATIVE, '$1$2.js$3').replace(BESIDE, '$1.js$2'));
    for (const name of packagesOf(code)) imported.add(name);
  }
  return imported;
}

/** Imports and exports as esbuild prints them: in double quotes, at the start of a statement or in `import(…)`. */
const RELATIVE = /(^(?:import|export|\})[^;\n`]*?["]|\bimport\(")(\.[^"\n]*)\.ts(")/gm;

/** A module that is run and not imported, for example a worker. */
const BESIDE = /(\bnew URL\("\.[^"\n]*)\.ts(", import\.meta\.url\))/g;

/** A part of the runtime that is not exported by name. It is in the other package and must not be duplicated. */
const RUNTIME = /(^(?:import|export|\})[^;\n`]*?["]|\bimport\(")(?:\.\.\/)+runtime\/([^"\n]*)\.ts(")/gm;

function packagesOf(code: string): readonly string[] {
  const specifiers = [
    ...code.matchAll(
      /(?:^(?:import|export|\})[^;\n`'"]*\bfrom\s*|^import\s*|\bimport\(|\brequire\d*\(|import\.meta\.url\)\()["']([^."'\n][^"'\n]*)["']/gm,
    ),
  ];
  return specifiers.flatMap(([, specifier = '']) => {
    if (specifier.startsWith('node:')) return [];
    return [
      specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/'),
    ];
  });
}
