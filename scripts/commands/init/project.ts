import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { render } from '../../common/templates/render.ts';
import { literal } from '../../common/text/literal.ts';
import { type ProjectManifest, readProjectManifest } from './manifest.ts';
import { readIfThere, type WrittenFile, writeMissing } from './plan.ts';

const SCRIPTS = {
  generate: 'countersign generate',
  lint: 'countersign lint',
  mock: 'countersign mock',
  test: 'node --test "test/**/*.test.ts"',
  check: 'countersign lint && tsc && countersign generate --check',
};
const IGNORED = ['node_modules/', 'dist/', '.data/'];

/** `@my-shop` for a folder `My shop`: what init proposes. */
export function proposeScope(root: string): string {
  const name = basename(root)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return `@${name || 'acme'}`;
}

/** What every repository needs: configuration, compiler options, scripts, and what git ignores. */
export async function initProject(root: string, scope: string): Promise<readonly WrittenFile[]> {
  // Before anything is written: it may be refused.
  const manifest = (await readProjectManifest(root)) ?? { private: true };
  const files = await writeMissing(root, [
    { path: 'countersign.config.ts', text: render('project/countersign.config.ts', { scope: literal(scope) }) },
    { path: 'tsconfig.json', text: render('project/tsconfig.json', {}) },
  ]);
  return [...files, await extendManifest(root, manifest), await extendIgnored(root)];
}

/** Adds the scripts and packages that package.json does not have; the rest of it stays. */
async function extendManifest(root: string, manifest: ProjectManifest): Promise<WrittenFile> {
  const path = 'package.json';
  const note = await whyNoModules(root, manifest);
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

/** Why package.json is not made to say that its code is modules, though generated code is; undefined where it can be. */
async function whyNoModules(root: string, { type }: ProjectManifest): Promise<string | undefined> {
  if (type === 'module') return undefined;
  const code = type === undefined ? await findCode(root) : undefined;
  if (type === undefined && code === undefined) return undefined;
  const why =
    code === undefined
      ? `it says "type": ${JSON.stringify(type)}, and generated code is modules`
      : `it does not say "type": "module", and ${code} may need that`;
  return `${why}. Give this workspace a folder of its own.`;
}

/** What generated code and `npm run generate` need, in the version that runs now. */
async function missingPackages({ dependencies, devDependencies }: ProjectManifest): Promise<object> {
  const own = JSON.parse(await readFile(new URL('../../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  const missing = ['countersign', '@countersign/runtime'].filter(
    (name) => !Object.hasOwn({ ...dependencies, ...devDependencies }, name),
  );
  return Object.fromEntries(missing.map((name) => [name, `^${own.version}`]));
}

/** A file of somebody's that Node may read as CommonJS: making it a module could break it. */
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

/** What `npm init` writes for want of a test. */
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
