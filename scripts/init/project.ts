import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { literal } from '../literal.ts';
import { render } from '../render.ts';
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
  const files = await writeMissing(root, [
    { path: 'countersign.config.ts', text: render('project/countersign.config.ts', { scope: literal(scope) }) },
    { path: 'tsconfig.json', text: render('project/tsconfig.json', {}) },
  ]);
  return [...files, await extendManifest(root), await extendIgnored(root)];
}

/** Adds the scripts that package.json does not have; the rest of it stays. */
async function extendManifest(root: string): Promise<WrittenFile> {
  const path = 'package.json';
  const text = await readIfThere(join(root, path));
  const manifest = JSON.parse(text ?? '{"private":true}') as { readonly scripts?: object; readonly type?: string };
  const scripts = { ...SCRIPTS, ...withoutPlaceholder(manifest.scripts) };
  const made = `${JSON.stringify({ ...manifest, type: 'module', scripts }, undefined, 2)}\n`;
  if (made === text) return { path, kind: 'kept' };
  await writeFile(join(root, path), made);
  return { path, kind: 'written' };
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
