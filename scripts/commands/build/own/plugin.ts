import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { OnLoadResult, Plugin } from 'esbuild';
import { findLater, IMPORTED_LATER, isInlined } from './lazy.ts';

/** Where a bundle is, and what it contains as constants. */
export type Placed = {
  /** Absolute, of the repository; ends with a separator. */
  readonly root: string;
  /** From the bundle's folder to the root of the toolkit: `../`. */
  readonly up: string;
  /** Of modules beside the bundle: `.ts` in the repository, `.js` in the package. */
  readonly extension: '.ts' | '.js';
  /** Digest of the toolkit. */
  readonly digest: string;
  /** Modules that stay beside the bundle, as paths below `scripts/`. */
  readonly beside: readonly string[];
  /** Whether stack traces name the sources. Otherwise they name chunks, which are not minified. */
  readonly mapped: boolean;
};

/** In chunks, the URL of the chunk. `import.meta.url` is that of the source. */
const CHUNK = 'csChunk';
export const BANNER = `import { createRequire as csRequire } from 'node:module';
const ${CHUNK} = import.meta.url;
const require = csRequire(${CHUNK});`;
export const DEFINE = { 'import.meta.url': 'csUrl', 'import.meta.dirname': 'csFolder', 'import.meta.main': 'false' };

/** Imported later by the first module, but always: a part of its chunk. */
const AT_ONCE: ReadonlySet<string> = new Set(['scripts/commands/cli/program.ts', 'scripts/commands/cli/generate.ts']);
const LATER = 'countersign:later';
const ENGINE = 'scripts/emit/types/engine/';
const REPLACED_FOR_TYPES: ReadonlyMap<string, string> = new Map([
  ['typescript', `${ENGINE}typescript.ts`],
  ['@redocly/openapi-core/lib/ref-utils.js', `${ENGINE}ref-utils.ts`],
]);

/** Bundles the toolkit's own modules: what they know about their places stays right. */
export function ownModules({ root, up, extension, digest, beside }: Omit<Placed, 'mapped'>): Plugin {
  const stays = new Set(beside.map((path) => join(root, 'scripts', path)));
  const later = findLater(root, stays);
  const nameOf = (path: string): string => relative(root, path).split(sep).join('/');
  const built = (name: string): string => up + name.replace(/\.ts$/, extension);
  const replaced: ReadonlyMap<string, string> = new Map([
    ['scripts/generate/toolkit-digest.ts', `export const hashToolkit = () => ${JSON.stringify(digest)};`],
    [
      'scripts/generate/worker-module.ts',
      `export const workerModule = (name) => new URL(\`./\${name}.mjs\`, ${CHUNK}).href;`,
    ],
    [`${ENGINE}load-transforms.ts`, `export * as transforms from 'openapi-typescript/dist/transform/index.mjs';`],
  ]);

  const load = async (path: string): Promise<OnLoadResult> => {
    const name = nameOf(path);
    const text = (replaced.get(name) ?? (await readFile(path, 'utf8'))).replace(IMPORTED_LATER, (found, specifier) => {
      const file = resolve(dirname(path), specifier);
      if (AT_ONCE.has(nameOf(file))) return `Promise.resolve(require('${specifier}'))`;
      return later.has(file) ? `import('${LATER}').then((m) => m.default['${nameOf(file)}']())` : found;
    });
    const place = `const csUrl = new URL('${built(name)}', ${CHUNK}).href; `;
    const folder = `const csFolder = process.getBuiltinModule('node:url').fileURLToPath(new URL('./', csUrl)).slice(0, -1); `;
    const places = [/import\.meta/.test(text) && place, /import\.meta\.dirname/.test(text) && folder];
    // In the first line, so that later lines keep their numbers.
    return { loader: 'ts', contents: places.filter(Boolean).join('') + text };
  };

  return {
    name: 'own-modules',
    setup(build) {
      build.onResolve({ filter: new RegExp(`^${LATER}$`) }, () => ({ path: LATER, namespace: LATER }));
      build.onLoad({ filter: /.*/, namespace: LATER }, () => {
        const members = [...later].map((file) => `'${nameOf(file)}': () => require(${JSON.stringify(file)}),`);
        return { loader: 'js', resolveDir: root, contents: `export default {\n${members.join('\n')}\n};\n` };
      });
      build.onResolve({ filter: /^[^./]/ }, ({ path, importer, kind }) => {
        const inTypes = importer.includes(`${sep}openapi-typescript${sep}dist${sep}`) && REPLACED_FOR_TYPES.get(path);
        if (inTypes) return { path: join(root, inTypes) };
        const isOurs = /^(?:scripts|runtime)\//.test(nameOf(importer));
        return isOurs && kind !== 'entry-point' && !isInlined(path) && path !== LATER
          ? { path, external: true }
          : undefined;
      });
      build.onResolve({ filter: /^\..*\.ts$/ }, ({ path, importer, kind }) => {
        const file = resolve(dirname(importer), path);
        const isOtherCommand = /\/cli\/program\.ts$/.test(importer) && !/\/generate\.ts$/.test(path);
        const isOutside = stays.has(file) || (kind === 'dynamic-import' && isOtherCommand);
        return isOutside ? { path: built(nameOf(file)), external: true } : undefined;
      });
      build.onLoad({ filter: /\.ts$/ }, ({ path }) =>
        /^(?:scripts|runtime)\//.test(nameOf(path)) ? load(path) : undefined,
      );
    },
  };
}
