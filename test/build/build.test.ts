import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build as bundle } from 'esbuild';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isDeep } from '../run/deep.ts';
import { makeWorkspace, repository, type TestWorkspace } from './make-workspace.ts';

const PROVIDERS = isDeep ? ['dailyplay', 'dicey-fun', 'hive', 'moonpacket', 'naver', 'plattr'] : ['moonpacket'];
let workspace: TestWorkspace;

const dist = (provider: string): string => join(workspace.root, 'generated', provider, 'dist');
const readJson = async (path: string) => JSON.parse(await readFile(path, 'utf8'));

beforeAll(async () => {
  workspace = await makeWorkspace(PROVIDERS);
  const { code, stdout, stderr } = await workspace.run(['build']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.split('\n').filter((line) => PROVIDERS.some((name) => line.startsWith(name)))).toHaveLength(
    PROVIDERS.length,
  );
});
afterAll(() => workspace.remove());

describe.each(PROVIDERS)('the package of %s', (provider) => {
  it('contains entry points, code, declarations, source maps, licence, README and contract', async () => {
    const manifest = await readJson(join(dist(provider), 'package.json'));
    expect(manifest).toMatchObject({
      name: `@countersign/${provider}`,
      type: 'module',
      license: 'MIT',
      sideEffects: false,
    });
    expect(manifest).not.toHaveProperty('private');
    expect(manifest).not.toHaveProperty('dependencies');
    expect(Object.keys(manifest.peerDependencies)).toEqual(expect.arrayContaining(['hono', 'zod']));
    const files = await readdir(dist(provider));
    // Only packages with hooks in their configuration have them.
    const hooks =
      provider === 'naver' ? [] : provider === 'dailyplay' ? ['react', 'vue', 'svelte', 'msw'] : ['react', 'msw'];
    for (const module of ['index', 'server', 'validators', 'types', 'operations', ...hooks])
      expect(files).toEqual(expect.arrayContaining([`${module}.js`, `${module}.d.ts`]));
    expect(files).toEqual(
      expect.arrayContaining(['index.js.map', 'LICENSE', 'README.md', 'openapi.json', 'package.json']),
    );
    expect(await readFile(join(dist(provider), 'README.md'), 'utf8')).toContain('## First call');
    expect(await readFile(join(dist(provider), 'LICENSE'), 'utf8')).toMatch(
      /This package contains openapi-fetch:\n\nMIT License/,
    );
  });

  it('contains the runtime, the contract and the signer, and no logic, store or local path', async () => {
    const files = await readdir(dist(provider));
    const maps = await Promise.all(
      files.filter((name) => name.endsWith('.map')).map((name) => readJson(join(dist(provider), name))),
    );
    const sources = new Set(
      maps.flatMap(({ sources }: { sources: string[] }) => sources.map((source) => source.replace(/^(\.\.\/)+/, ''))),
    );
    const allowed = new RegExp(
      `^(src/(?!handlers)[\\w-]+\\.ts|runtime/(bodies|xml|client|contract|hooks|msw|react|server|signing|svelte|validators|vue)/.*|plugins/${provider}/(signing|hooks)\\.ts|.*node_modules/(@noble/hashes|openapi-fetch)/.*)$`,
    );
    expect([...sources].filter((source) => !allowed.test(source))).toEqual([]);
    expect([...sources].some((source) => source.includes('openapi-fetch'))).toBe(true);
    for (const file of files) {
      const text = await readFile(join(dist(provider), file), 'utf8');
      // Examples in docstrings may contain it, code may not.
      const code = text.replace(/\/\*[\s\S]*?\*\//g, '');
      expect(code, file).not.toMatch(/drizzle|pglite|rate-limiter-flexible|DATABASE_URL|@stoplight|from ["']node:/);
      // A link within this workspace leads to the repository. It is written as a relative path.
      expect(text.replaceAll(`..${repository}`, '').includes(repository) || text.includes(workspace.root), file).toBe(
        false,
      );
    }
  });

  it('imports only its peer dependencies', async () => {
    const files = (await readdir(dist(provider))).filter((name) => name.endsWith('.js') || name.endsWith('.d.ts'));
    const { peerDependencies } = await readJson(join(dist(provider), 'package.json'));
    const imported = new Set<string>();
    for (const file of files) {
      const text = (await readFile(join(dist(provider), file), 'utf8')).replace(/\/\*[\s\S]*?\*\//g, '');
      for (const [, name = ''] of text.matchAll(
        /(?:^|\n)\s*(?:import|export)\b[^'"\n]*?from\s*["']([^."'][^"']*)["']/g,
      ))
        imported.add(name);
    }
    const names = [...imported].map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    );
    expect(names.filter((name) => !(name in peerDependencies))).toEqual([]);
    expect(names).toContain('zod');
  });

  it('passes publint', async () => {
    const { messages } = await publint({ pkgDir: dist(provider), strict: true, pack: 'npm' });
    expect(messages).toEqual([]);
  });
});

describe('a bundle', () => {
  const size = async (code: string): Promise<{ readonly bytes: number; readonly text: string }> => {
    const { outputFiles } = await bundle({
      stdin: { contents: code, resolveDir: join(workspace.root, 'generated'), loader: 'js' },
      bundle: true,
      minify: true,
      format: 'esm',
      external: ['zod', 'hono', 'hono/*'],
      write: false,
    });
    const text = outputFiles[0]?.text ?? '';
    return { bytes: text.length, text };
  };

  it('of one operation omits the others, the client and the server', async () => {
    const all = await size(`export * from './moonpacket/dist/index.js'`);
    const one = await size(`export { getRules } from './moonpacket/dist/operations.js'`);
    expect(one.text).toContain('getRules');
    expect(one.text).not.toContain('getUserAttributes');
    expect(one.bytes).toBeLessThan(all.bytes / 10);
  });

  it('of a client contains no server', async () => {
    const { text } = await size(`export { createMoonpacketClient } from './moonpacket/dist/index.js'`);
    expect(text).not.toMatch(/from"hono/);
    const server = await size(`export { createMoonpacketServer } from './moonpacket/dist/server.js'`);
    expect(server.text).toMatch(/from"hono/);
  });
});

describe('a signer that imports logic', () => {
  it('stops the build, and reports what the package would contain', async () => {
    const own = await makeWorkspace(['hive', 'moonpacket']);
    try {
      const signing = join(own.root, 'plugins/moonpacket/signing.ts');
      await writeFile(join(own.root, 'plugins/moonpacket/ledger.ts'), 'export const secret = () => "s";\n');
      const text = await readFile(signing, 'utf8');
      await writeFile(signing, `import { secret } from './ledger.ts';\n${text.replace("?? ''", '?? secret()')}`);
      const { code, stderr } = await own.run(['build', 'moonpacket']);
      expect(code).toBe(1);
      expect(stderr).toContain('@countersign/moonpacket must not contain plugins/moonpacket/ledger.ts');
      expect(await readdir(join(own.root, 'generated/moonpacket'))).not.toContain('dist');
      await writeFile(signing, text);
      const built = await own.run(['build', 'moonpacket', '--json']);
      expect(JSON.parse(built.stdout)).toMatchObject({ ok: true, packages: [{ provider: 'moonpacket', missing: [] }] });
    } finally {
      await own.remove();
    }
  });
});
