import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { InputError } from '../../common/diagnostics/diagnostic.ts';
import { refusal } from '../../common/diagnostics/troubleshooting.ts';
import { render } from '../../common/templates/render.ts';
import { literal } from '../../common/text/literal.ts';
import { type ProjectManifest, readProjectManifest } from './manifest.ts';
import { readIfThere, type WrittenFile, writeMissing } from './plan.ts';

/** Every script that the docs and our messages name. */
export const SCRIPTS = {
  generate: 'countersign generate',
  lint: 'countersign lint',
  mock: 'countersign mock',
  serve: 'countersign serve',
  docs: 'countersign docs',
  flows: 'countersign flows',
  build: 'countersign build',
  release: 'countersign release',
  test: 'node --test "test/**/*.test.ts" "generated/*/test/*.test.ts"',
  check: 'countersign lint && tsc && countersign generate --check',
};
const IGNORED = ['node_modules/', 'dist/', '.data/'];

/** The scope that `init` proposes: `@my-shop` for a folder `My shop`. */
export function proposeScope(root: string): string {
  const name = basename(root)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return `@${name || 'acme'}`;
}

/**
 * The files of every workspace: configuration, compiler options, scripts and `.gitignore`.
 * @throws {InputError} before anything is written, if package.json is invalid or declares that existing code is
 * CommonJS
 */
export async function initProject(root: string, scope: string): Promise<readonly WrittenFile[]> {
  const manifest = (await readProjectManifest(root)) ?? { private: true };
  const code = manifest.type === 'module' ? undefined : await findCode(root);
  if (manifest.type !== undefined && code !== undefined) throw commonJs(manifest.type, code);
  const files = await writeMissing(root, [
    { path: 'countersign.config.ts', text: render('project/countersign.config.ts', { scope: literal(scope) }) },
    { path: 'tsconfig.json', text: render('project/tsconfig.json', {}) },
  ]);
  return [...files, await extendManifest(root, manifest, code), await extendIgnored(root)];
}

/** Adds missing scripts and packages to package.json. The rest stays unchanged. */
async function extendManifest(root: string, manifest: ProjectManifest, code: string | undefined): Promise<WrittenFile> {
  const path = 'package.json';
  const note =
    code === undefined
      ? undefined
      : `"type": "module" is missing, and adding it could break ${code}. Run init in a separate folder.`;
  const made = {
    ...manifest,
    ...(note === undefined && { type: 'module' }),
    scripts: { ...SCRIPTS, ...withoutPlaceholder(manifest.scripts) },
    devDependencies: { ...(await missingPackages(manifest)), ...manifest.devDependencies },
  };
  const kept = JSON.stringify(made) === JSON.stringify(manifest);
  if (!kept) await writeFile(join(root, path), `${JSON.stringify(made, undefined, 2)}\n`);
  return { path, kind: kept ? 'kept' : 'written', ...(note !== undefined && { note }) };
}

/**
 * Generated code consists of ECMAScript modules, but package.json may declare CommonJS: `npm init` writes "type":
 * "commonjs" since npm 11.
 */
const commonJs = (type: string, code: string): InputError =>
  refusal(
    'init-commonjs',
    `package.json contains "type": ${JSON.stringify(type)}, which ${code} may depend on. Generated code requires "type": "module".`,
    'Set "type": "module" and rename that file to .cjs, or run init in a new folder.',
    'package.json',
  );

/** The packages that generated code and `npm run generate` need, in the running version. */
async function missingPackages({ dependencies, devDependencies }: ProjectManifest): Promise<object> {
  const own = JSON.parse(await readFile(new URL('../../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  const missing = ['countersign', '@countersign/runtime'].filter(
    (name) => !Object.hasOwn({ ...dependencies, ...devDependencies }, name),
  );
  return Object.fromEntries(missing.map((name) => [name, `^${own.version}`]));
}

/** Finds a user's file that Node may read as CommonJS. As a module, it could break. */
async function findCode(root: string): Promise<string | undefined> {
  const entries = await readdir(root, { withFileTypes: true });
  for (const entry of entries) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules' || entry.name === 'countersign.config.ts') continue;
    if (entry.isFile() && /\.[jt]sx?$/.test(entry.name)) return entry.name;
    const inside = entry.isDirectory() ? await findCode(join(root, entry.name)) : undefined;
    if (inside !== undefined) return `${entry.name}/${inside}`;
  }
  return undefined;
}

/** The test script that `npm init` writes by default. */
function withoutPlaceholder(scripts: object = {}): object {
  return Object.fromEntries(
    Object.entries(scripts).filter(([, script]) => !String(script).includes('no test specified')),
  );
}

async function extendIgnored(root: string): Promise<WrittenFile> {
  const path = '.gitignore';
  const text = (await readIfThere(join(root, path))) ?? '';
  const lines = text.split('\n').map((line) => line.trim());
  const missing = IGNORED.filter((line) => !lines.includes(line) && !lines.includes(line.replace(/\/$/, '')));
  if (missing.length === 0) return { path, kind: 'kept' };
  await writeFile(join(root, path), `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${missing.join('\n')}\n`);
  return { path, kind: 'written' };
}
