import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SCRIPTS } from '../../scripts/commands/init/project.ts';
import { makeWorkspace, repository, type TestWorkspace } from '../build/make-workspace.ts';

const run = promisify(execFile);
let workspace: TestWorkspace;

beforeAll(async () => {
  workspace = await makeWorkspace([]);
  await workspace.run(['init', '--scope', '@shops']);
  await workspace.run(['add', 'plain']);
});
afterAll(() => workspace.remove());

describe('init', () => {
  let root: string;
  const countersign = (...args: string[]): Promise<{ code?: number; stdout: string; stderr: string }> =>
    run(process.execPath, [join(repository, 'scripts/main.ts'), ...args], { cwd: root }).catch((error) => error);
  // Except for what Node compiled.
  const listed = async () => (await readdir(root)).filter((name) => name !== 'node_modules');
  const manifest = async () => JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'countersign-init-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('leaves a CommonJS repository unchanged, and says so', async () => {
    const deep = 'packages/a/src/lib/deep/index.js';
    await mkdir(join(root, dirname(deep)), { recursive: true });
    await writeFile(join(root, deep), 'module.exports = 1;\n');
    await writeFile(join(root, 'package.json'), '{"name":"mine","scripts":{"lint":"eslint"}}');
    const { stdout } = await countersign('init', '--yes', '--scope', '@mine');
    expect(stdout).toContain(`adding it could break ${deep}`);
    expect(await manifest()).toEqual({
      name: 'mine',
      scripts: {
        lint: 'eslint',
        ...Object.fromEntries(
          Object.keys(SCRIPTS)
            .filter((name) => name !== 'lint')
            .map((name) => [name, expect.any(String)]),
        ),
      },
      devDependencies: { countersign: '^0.1.0', '@countersign/runtime': '^0.1.0' },
    });
    const doctor = await countersign('doctor');
    expect(doctor.code).toBe(1);
    expect(doctor.stdout).toMatch(
      /package\.json: does not contain `"type": "module"`[^\n]*\n {2}= docs: .*#doctor-modules/,
    );
    expect(doctor.stdout).toMatch(/zod: is not installed\.[^\n]*\n {2}= docs: .*#doctor-package/);
    await rm(join(root, deep));
    await countersign('init', '--yes');
    expect(await manifest()).toMatchObject({ type: 'module' });
  });

  /** As `npm init -y` of npm 11 writes it. */
  const fresh = {
    name: 'mine',
    version: '1.0.0',
    main: 'index.js',
    scripts: { test: 'echo "Error: no test specified" && exit 1' },
    type: 'commonjs',
  };

  it.each([
    ['init', ['init', '--yes']],
    ['add', ['add', 'acme']],
  ])(
    '%s makes a folder an ES module if npm init wrote CommonJS and it holds nothing else',
    async (_, args) => {
      await writeFile(join(root, 'package.json'), JSON.stringify(fresh));
      expect((await countersign(...args)).stdout).toContain('written package.json');
      expect(await manifest()).toMatchObject({
        type: 'module',
        scripts: { test: 'node --test "test/**/*.test.ts" "generated/*/test/*.test.ts"' },
      });
    },
    60_000,
  );

  it.each([
    ['init', ['init', '--yes'], 'index.js'],
    ['init', ['init', '--yes'], 'src/deep/server.ts'],
    ['add', ['add', 'acme'], 'index.js'],
  ])(
    '%s %j stops if package.json declares CommonJS and %s may need it, says how to fix it, and writes nothing',
    async (_, args, path) => {
      await writeFile(join(root, 'package.json'), JSON.stringify(fresh));
      await mkdir(join(root, dirname(path)), { recursive: true });
      await writeFile(join(root, path), 'module.exports = 1;\n');
      const before = await listed();
      const { code, stdout, stderr } = await countersign(...args);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toContain(
        `error[init-commonjs]: package.json contains "type": "commonjs", which ${path} may depend on.`,
      );
      expect(stderr).toMatch(/= help: Set "type": "module"[^\n]*\n *= docs: [^\n]*troubleshooting\.md#init-commonjs\n/);
      expect(await listed()).toEqual(before);
      expect(await manifest()).toEqual(fresh);
    },
    60_000,
  );

  it('writes every script that docs and messages mention', async () => {
    const docs = (await readdir(join(repository, 'docs'))).filter((name) => name.endsWith('.md'));
    const sources = (await readdir(join(repository, 'scripts'), { recursive: true })).filter((name) =>
      /\.ts$/.test(name),
    );
    const texts = await Promise.all(
      [
        ...docs.map((name) => `docs/${name}`),
        ...sources.map((name) => `scripts/${name}`),
        'templates/readme/README.md.hbs',
      ].map((path) => readFile(join(repository, path), 'utf8')),
    );
    const named = new Set(
      texts.flatMap((text) => [...text.matchAll(/npm run ([a-z][\w:-]*)/g)].map(([, name]) => name)),
    );
    // Only in this repository: how the toolkit itself and its site are built and measured.
    for (const script of named) if (/^bench:|^build:toolkit$|^docs:site$/.test(script ?? '')) named.delete(script);
    expect(Object.keys(SCRIPTS)).toEqual(expect.arrayContaining([...named]));
    expect(named.size).toBeGreaterThan(4);
  });

  it.each([
    ['init', ['init', '--yes']],
    ['add', ['add', 'acme']],
    ['doctor', ['doctor']],
  ])(
    '%s reports that package.json is invalid, and writes nothing',
    async (_, args) => {
      await writeFile(join(root, 'package.json'), '{ "name": "mine",, }');
      const { code, stdout, stderr } = await countersign(...args);
      expect(code).toBe(1);
      expect(`${stdout}${stderr}`).toMatch(
        /The file is not valid JSON: [\s\S]*docs\/troubleshooting\.md#package-json\n/,
      );
      expect(await listed()).toEqual(['package.json']);
    },
    60_000,
  );

  it('add reports a file where a folder is needed, and writes no file of the provider', async () => {
    await writeFile(join(root, 'specs'), '');
    const { code, stderr } = await countersign('add', 'acme');
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/error\[file-in-the-way\]: The path is a file. Expected a folder\.\n +--> specs:/),
    });
    expect(await listed()).toEqual(['specs']);
  });

  it('exits quietly if its output is closed', async () => {
    const child = spawn(process.execPath, [join(repository, 'scripts/main.ts'), 'doctor'], { cwd: root });
    child.stdout.destroy();
    expect(await text(child.stderr)).toBe('');
  });
});

describe('doctor', () => {
  it('finds no error, then reports every error of the configuration with its location', async () => {
    await workspace.run(['generate']);
    const fine = await workspace.run(['doctor', '--json']);
    expect(JSON.parse(fine.stdout)).toMatchObject({ ok: true });
    await writeFile(
      join(workspace.root, 'countersign.config.ts'),
      "const config = {\n  scope: 'Shops',\n  releese: { tag: 'next' },\n  providers: { plain: { role: 'both', atLeast: '1' } },\n};\nexport default config;\n",
    );
    const wrong = await workspace.run(['doctor']);
    expect(wrong.code).toBe(1);
    expect(wrong.stdout).toContain('countersign.config.ts:2:3: `scope`: must be an npm scope');
    expect(wrong.stdout).toMatch(/= docs: .*#config-value/);

    const { code, stderr } = await workspace.run(['generate']);
    expect(code).toBe(1);
    for (const told of [
      'countersign.config.ts:2:3',
      'countersign.config.ts:3:3',
      'Did you mean `release`?',
      'countersign.config.ts:4:39',
      'must be a version such as `1.0.0`',
    ])
      expect(stderr).toContain(told);
  });

  it.each([
    ['no TypeScript', 'export default {\n  scope: ,\n};\n', '2:10', 'config-load'],
    ['code that throws', 'const a = {};\nexport default a.b.c;\n', '2:20', 'config-load'],
    ['an import of a missing module', "import x from 'nowhere';\nexport default x;\n", '1:16', 'config-load'],
    ['a value that is not an object', 'export default 7;\n', '1:1', 'config-value'],
    ['a misspelt provider', "export default { providers: { plian: { role: 'both' } } };\n", '1:31', 'config-value'],
    ['a misspelt setting', 'export default { providers: { plain: { hoks: true } } };\n', '1:40', 'config-value'],
    ['a wrong folder', "export default { folders: { specs: '../specs' } };\n", '1:29', 'config-value'],
    ['packages among the specs', "export default { folders: { generated: 'specs' } };\n", '1:29', 'config-value'],
    ['plugins below the packages', "export default { folders: { plugins: 'generated/x' } };\n", '1:29', 'config-value'],
    ['an error in a promise', "export default (async () => ({ scope: 'acme' }))();\n", '1:1', 'config-value'],
    ['a version as tag', "export default { release: { tag: '1.0.0' } };\n", '1:29', 'config-value'],
  ])('reports the location if a configuration has %s', async (_, text, place, code) => {
    await writeFile(join(workspace.root, 'countersign.config.ts'), text);
    const { code: exit, stderr } = await workspace.run(['generate']);
    expect(exit).toBe(1);
    expect(stderr).toContain(`error[${code}]`);
    expect(stderr).toContain(`countersign.config.ts:${place}\n`);
  });
});
