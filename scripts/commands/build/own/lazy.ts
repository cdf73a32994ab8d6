import { globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';

/** npm packages that become a part of the bundle. All others stay imports, and are loaded when they are needed. */
const INLINED: readonly string[] = [
  '@countersign/runtime',
  '@eslint-community/regexpp',
  '@noble/hashes',
  'ajv-formats',
  'commander',
  'handlebars',
  'openapi-typescript',
  'picocolors',
  'yaml',
];

/** Whether a bare specifier names a package of the bundle. */
export const isInlined = (specifier: string): boolean =>
  INLINED.some((name) => specifier === name || specifier.startsWith(`${name}/`));

/** `import('./module.ts')` in a source. */
export const IMPORTED_LATER = /\bimport\('(\.[^']+\.ts)'\)/g;
const IMPORTED = /^(?:import|export|\})(?! type)[^;'"]*?from '([^']+)'/gm;

/** Sources whose later imports are joined: the stages. Commands stay apart, because a run needs one. */
const STAGES = /^(?:runtime|scripts\/(?:bundle|emit|expand|format|generate|inject|lint|load|model|write))\//;

/**
 * Modules that the stages import later and that import no package outside the bundle. They can be one chunk of the bundle,
 * in which each is evaluated when it is first imported.
 *
 * @param outside absolute paths of modules that stay beside the bundle
 * @returns absolute paths
 */
export function findLater(root: string, outside: ReadonlySet<string>): ReadonlySet<string> {
  const memo = new Map([...outside].map((file) => [file, true]));
  const needsOthers = (file: string): boolean => {
    const known = memo.get(file);
    if (known !== undefined) return known;
    // Ends circles.
    memo.set(file, false);
    const needs = [...readFileSync(file, 'utf8').matchAll(IMPORTED)].some(([, specifier = '']) => {
      if (specifier.startsWith('node:')) return false;
      if (specifier.startsWith('.')) return needsOthers(resolve(dirname(file), specifier));
      const [, part] = /^@countersign\/runtime\/(.+)$/.exec(specifier) ?? [];
      if (part === undefined) return !isInlined(specifier);
      return part.includes('/') || needsOthers(join(root, 'runtime', part, 'index.ts'));
    });
    memo.set(file, needs);
    return needs;
  };
  const later = new Set<string>();
  for (const path of globSync('{scripts,runtime}/**/*.ts', { cwd: root })) {
    if (!STAGES.test(path.split(sep).join('/'))) continue;
    const file = join(root, path);
    for (const [, specifier = ''] of readFileSync(file, 'utf8').matchAll(IMPORTED_LATER))
      later.add(resolve(dirname(file), specifier));
  }
  return new Set([...later].filter((file) => !needsOthers(file)).sort());
}
