import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorkspace, repository, type TestWorkspace } from './make-workspace.ts';

const PROVIDERS = ['dailyplay', 'dicey-fun', 'hive', 'moonpacket', 'naver', 'plattr'];
const ENTRIES = ['', '/server', '/validators', '/types', '/operations'];
/** Only packages with hooks in their configuration: all except this one. */
const HOOKS = ['/react', '/msw'];
/** For one provider. Node cannot import the library of Svelte, whose components are compiled by the user's bundler. */
const MORE_HOOKS = ['/vue', '/svelte'];
const WITH_MORE_HOOKS = 'dailyplay';
const WITHOUT_HOOKS = 'naver';
/** What a user installs beside the packages. */
const PEERS = [
  'zod',
  'hono',
  'msw',
  'react',
  '@types/react',
  '@tanstack/react-query',
  'vue',
  '@tanstack/vue-query',
  'svelte',
  '@tanstack/svelte-query',
];

const run = promisify(execFile);
let workspace: TestWorkspace;
let project: string;

beforeAll(async () => {
  workspace = await makeWorkspace(PROVIDERS);
  expect((await workspace.run(['build'])).code).toBe(0);
  project = await mkdtemp(join(tmpdir(), 'countersign-consumer-'));
  await writeFile(join(project, 'package.json'), '{"type":"module"}');
  for (const provider of PROVIDERS)
    await cp(
      join(workspace.root, 'generated', provider, 'dist'),
      join(project, 'node_modules/@countersign', provider),
      { recursive: true },
    );
  for (const peer of PEERS) {
    await mkdir(join(project, 'node_modules', peer, '..'), { recursive: true });
    await symlink(join(repository, 'node_modules', peer), join(project, 'node_modules', peer));
  }
});
afterAll(async () => {
  await workspace.remove();
  await rm(project, { recursive: true, force: true });
});

const modules = PROVIDERS.flatMap((provider) =>
  [...ENTRIES, ...(provider === WITHOUT_HOOKS ? [] : HOOKS), ...(provider === WITH_MORE_HOOKS ? MORE_HOOKS : [])].map(
    (entry) => `@countersign/${provider}${entry}`,
  ),
);

describe('every entry point of every package', () => {
  it.each(PROVIDERS)('of %s has types that @arethetypeswrong/cli accepts, as ECMAScript modules', async (provider) => {
    const attw = join(repository, 'node_modules/@arethetypeswrong/cli/dist/index.js');
    const dist = join(workspace.root, 'generated', provider, 'dist');
    const found = await run(process.execPath, [attw, '--pack', dist, '--profile', 'esm-only']).then(
      () => '',
      ({ stdout }: { stdout: string }) => stdout,
    );
    expect(found).toBe('');
  });

  it.each([
    ['typescript', 'bundler', 'esnext'],
    ['typescript', 'node16', 'node16'],
    ['typescript-7', 'bundler', 'esnext'],
    ['typescript-7', 'node16', 'node16'],
  ])(
    'type-checks under %s with moduleResolution %s',
    async (compiler, moduleResolution, module) => {
      const lines = modules.map((name, index) => `export * as m${index} from '${name}';`);
      await writeFile(join(project, 'main.ts'), `${lines.join('\n')}\n`);
      const compilerOptions = {
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        target: 'es2022',
        lib: ['es2023', 'dom', 'dom.iterable'],
        jsx: 'react-jsx',
        module,
        moduleResolution,
        noEmit: true,
        types: [],
      };
      await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['main.ts'] }));
      const tsc = join(repository, 'node_modules', compiler, 'bin/tsc');
      const { stdout } = await run(process.execPath, [tsc, '-p', project], { cwd: project }).catch(
        (error: { stdout: string }) => error,
      );
      // Its types import from a `.svelte` file, which only Svelte's own tools can read.
      const ours = stdout.split('\n').filter((line) => !/node_modules\/@tanstack\/svelte-query\//.test(line));
      expect(ours.join('\n')).toBe('');
    },
    90_000,
  );

  it('can be imported by Node, and exports what its declarations state', async () => {
    const importable = modules.filter((name) => !name.endsWith('/svelte'));
    const code = `const names = ${JSON.stringify(importable)};
      for (const name of names) console.log(JSON.stringify([name, Object.keys(await import(name)).sort()]));`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', code], { cwd: project });
    const exported = new Map(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as [string, string[]]),
    );
    expect([...exported.keys()]).toEqual(importable);
    for (const [name, names] of exported) {
      const [, provider = '', entry = 'index'] = name.split('/');
      const types = await readFile(join(project, 'node_modules/@countersign', provider, `${entry}.d.ts`), 'utf8');
      if (entry !== 'types') expect(names.length, name).toBeGreaterThan(0);
      for (const each of names) expect(types, name).toMatch(new RegExp(`\\b${each.replaceAll('$', '\\$')}\\b`));
    }
  });

  const withoutHooks = PROVIDERS.flatMap((provider) => ENTRIES.map((entry) => `@countersign/${provider}${entry}`));

  it('can be loaded by require in a CommonJS program, with the same exports and without a warning', async () => {
    const code = `const names = ${JSON.stringify(withoutHooks)};
      (async () => {
        for (const name of names) {
          const [required, imported] = [require(name), await import(name)].map((each) => Object.keys(each).sort().join());
          if (required !== imported) throw new Error(name + ': ' + required + ' / ' + imported);
        }
      })();`;
    const { stderr } = await run(process.execPath, ['--input-type=commonjs', '-e', code], { cwd: project });
    expect(stderr).toBe('');
  });

  it.each(['typescript', 'typescript-7'])(
    'type-checks in a .cts file under %s',
    async (compiler) => {
      const lines = modules
        .filter((name) => !name.endsWith('/svelte'))
        .map((name, index) => `import m${index} = require('${name}');\nexport type T${index} = typeof m${index};`);
      await writeFile(join(project, 'main.cts'), `${lines.join('\n')}\n`);
      const compilerOptions = {
        strict: true,
        target: 'es2022',
        lib: ['es2023', 'dom', 'dom.iterable'],
        jsx: 'react-jsx',
        module: 'nodenext',
        moduleResolution: 'nodenext',
        noEmit: true,
        skipLibCheck: true,
        types: [],
      };
      await writeFile(join(project, 'tsconfig.cjs.json'), JSON.stringify({ compilerOptions, files: ['main.cts'] }));
      const tsc = join(repository, 'node_modules', compiler, 'bin/tsc');
      const { stdout } = await run(process.execPath, [tsc, '-p', join(project, 'tsconfig.cjs.json')], {
        cwd: project,
      }).catch((error: { stdout: string }) => error);
      expect(stdout).toBe('');
    },
    90_000,
  );
});
