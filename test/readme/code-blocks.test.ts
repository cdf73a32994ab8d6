import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** TypeScript blocks of the pages that users read; each is one module. */
async function findBlocks(): Promise<
  readonly { readonly page: string; readonly line: number; readonly code: string }[]
> {
  const generated = await readdir(join(root, 'generated'));
  const docs = (await readdir(join(root, 'docs'))).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`);
  const pages = ['README.md', ...docs, ...generated.map((provider) => `generated/${provider}/README.md`)];
  const found = await Promise.all(
    pages.map(async (page) => {
      const text = await readFile(join(root, page), 'utf8');
      // Programs of README.md are files at the root.
      const block = page === 'README.md' ? /^```ts(?: \S+)?\n([\s\S]*?)^```$/gm : /^```ts\n([\s\S]*?)^```$/gm;
      return [...text.matchAll(block)].map((match) => ({
        page,
        line: text.slice(0, match.index).split('\n').length,
        code: match[1]?.replaceAll("from './generated/", "from '../../generated/") ?? '',
      }));
    }),
  );
  return found.flat();
}

const blocks = await findBlocks();
let folder: string;
let problems: string;

beforeAll(async () => {
  // Below the root, so that packages and paths resolve as they do for its own modules; not below node_modules, where the
  // repository's own name means nothing.
  await mkdir(join(root, 'dist'), { recursive: true });
  folder = await mkdtemp(join(root, 'dist/readme-'));
  await Promise.all(
    blocks.map(({ code }, index) => writeFile(join(folder, `block-${index}.ts`), `${code}\nexport {};\n`)),
  );
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ extends: join(root, 'tsconfig.json'), include: ['./*.ts'], exclude: [] }),
  );
  const tsc = join(root, 'node_modules/typescript-7/bin/tsc');
  problems = await promisify(execFile)(process.execPath, [tsc, '--noEmit', '-p', folder]).then(
    ({ stdout }) => stdout,
    ({ stdout }: { stdout: string }) => stdout,
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('code blocks of README and docs', () => {
  it('exist', () => {
    expect(blocks.filter(({ page }) => page === 'README.md').length).toBeGreaterThanOrEqual(4);
    expect(new Set(blocks.map(({ page }) => page)).size).toBeGreaterThanOrEqual(6);
  });

  it.each(blocks.map(({ page, line }, index) => [`${page}:${line}`, index] as const))('%s type-checks', (_, index) => {
    expect(problems.split('\n').filter((problem) => problem.includes(`block-${index}.ts`))).toEqual([]);
  });
});
