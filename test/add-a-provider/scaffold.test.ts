import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { ALGORITHMS } from '../../scripts/init/algorithms.ts';
import { makeWorkspace, repository, type TestWorkspace } from '../build/make-workspace.ts';

const run = promisify(execFile);
const algorithms = Object.keys(ALGORITHMS);
const folderOf = (algorithm: string): string => `${algorithm}-shop`;
let workspace: TestWorkspace;

beforeAll(async () => {
  workspace = await makeWorkspace([]);
});
afterAll(() => workspace.remove());

const read = (path: string): Promise<string> => readFile(join(workspace.root, path), 'utf8');

describe('add', () => {
  it('makes the folder a workspace with its first provider, and scaffolds one for each algorithm', async () => {
    for (const algorithm of algorithms) {
      const { code, stderr } = await workspace.run(['add', folderOf(algorithm), '--signing', algorithm]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    }
    expect((await workspace.run(['add', 'plain'])).code).toBe(0);
    expect(await read('countersign.config.ts')).toMatch(/scope: '@countersign-workspace-/);
    expect(JSON.parse(await read('package.json')).scripts).toMatchObject({ test: 'node --test "test/**/*.test.ts"' });
  }, 60_000);

  it('gives specs without a problem, code that type-checks, and tests that pass', async () => {
    const config = (await read('countersign.config.ts')).replace(/scope: '[^']*'/, "scope: '@shops'");
    await writeFile(join(workspace.root, 'countersign.config.ts'), config);
    const generated = await workspace.run(['generate']);
    expect({ code: generated.code, stderr: generated.stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(await read('generated/plain/package.json')).name).toBe('@shops/plain');

    const tsc = join(repository, 'node_modules/typescript-7/bin/tsc');
    const types = await run(process.execPath, [tsc, '-p', workspace.root]).catch(({ stdout }: { stdout: string }) => ({
      stdout,
    }));
    expect(types.stdout).toBe('');

    const { stdout } = await run(process.execPath, ['--test', 'test/**/*.test.ts'], { cwd: workspace.root });
    // Two calls and one vector for each that signs; two calls for the one that does not.
    expect(stdout).toContain(`pass ${algorithms.length * 3 + 2}`);
    expect(stdout).toContain('fail 0');
  }, 120_000);

  it('notices in its test that the canonical form is another one', async () => {
    const file = join(workspace.root, 'plugins/md5-shop/signing.ts');
    await writeFile(file, (await readFile(file, 'utf8')).replace('[timestamp, nonce,', '[nonce, timestamp,'));
    const failed = await run(process.execPath, ['--test', 'test/md5-shop.test.ts'], { cwd: workspace.root }).catch(
      ({ stdout }: { stdout: string }) => ({ stdout }),
    );
    expect(failed.stdout).toContain('fail 1');
  }, 60_000);

  it.each([
    ['a provider that is there', ['add', 'plain'], 'provider-exists', 'is there already'],
    ['a name that no package can have', ['add', 'Plain Shop'], 'provider-name', 'Use lower-case words with hyphens'],
    ['a file that is not there', ['add', 'y', '--from', 'nowhere.yaml'], 'import-document', 'There is no such file.'],
    ['a file that is no OpenAPI', ['add', 'y', '--from', 'package.json'], 'import-document', 'no OpenAPI 3.0 or 3.1'],
    ['a host that is not there', ['add', 'y', '--from', 'http://127.0.0.1:1/a'], 'import-document', 'cannot be had'],
    ['a scope that npm has not', ['init', '--scope', 'Shops'], 'init-scope', 'Write it in lower case'],
    ['to compare all with one', ['diff', '--against', 'x.json'], 'diff-against', 'Name the provider.'],
    ['to compare with nothing', ['diff', 'plain', '--against', 'x.json'], 'diff-document', 'There is no such file.'],
    [
      'to compare with no contract',
      ['diff', 'plain', '--against', 'package.json'],
      'diff-document',
      'no OpenAPI document',
    ],
    ['to build what is not generated', ['build', 'late'], 'build-missing', 'Run `countersign generate`.'],
  ])('refuses %s, and says where that is explained', async (_, args, code, says) => {
    if (args.includes('late')) await workspace.run(['add', 'late']);
    const { code: exit, stderr } = await workspace.run(args);
    expect(exit).toBe(1);
    expect(stderr).toContain(`error[${code}]`);
    expect(stderr).toContain(says);
    expect(stderr).toMatch(new RegExp(`= docs: \\S*docs/troubleshooting\\.md#${code}\n`));
    await rm(join(workspace.root, 'specs/late'), { recursive: true, force: true });
  });

  it('refuses an algorithm that nobody knows', async () => {
    const { code, stderr } = await workspace.run(['add', 'x', '--signing', 'rot13']);
    expect(code).toBe(1);
    expect(stderr).toContain('Allowed choices are md5');
  });
});

describe('add --from', () => {
  const write = (name: string, text: string): Promise<void> => writeFile(join(workspace.root, name), text);
  /** What other people leave out: no licence, host, name, summary, failure or word on security. */
  const bare = (openapi: string, schema: object): object => ({
    openapi,
    info: { title: 'Old', version: '1', description: 'Old.' },
    paths: {
      '/pets/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        get: {
          description: 'Finds a pet. Slowly.',
          responses: { '200': { description: 'A pet.', content: { 'application/json': { schema } } } },
        },
      },
    },
    components: { schemas: { Pet: { type: 'string', nullable: true }, Unused: { type: 'string' } } },
  });

  it('takes OpenAPI 3.0 from a URL as 3.1, and tells what it had to add', async () => {
    const document = bare('3.0.3', { $ref: '#/components/schemas/Pet' });
    const server = createServer((_, response) => response.end(JSON.stringify(document)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/openapi.json`;
      const { code, stdout, stderr } = await workspace.run(['add', 'old', '--from', url]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      for (const told of [
        'operationId × 1',
        'summary × 1',
        'response × 1',
        'info.license',
        'servers',
        'security: []',
        'left out 1 components',
      ])
        expect(stdout).toContain(told);
    } finally {
      server.close();
    }
    const spec = parse(await read('specs/old/openapi.yaml'));
    expect(spec).toMatchObject({
      openapi: '3.1.1',
      info: { license: { name: 'Unknown' } },
      security: [],
      components: { schemas: { Pet: { type: ['string', 'null'] } } },
    });
    expect(spec.components.schemas).not.toHaveProperty('Unused');
    expect(spec.paths['/pets/{id}'].get).toMatchObject({
      operationId: 'getPetsId',
      summary: 'Finds a pet',
      responses: { '4XX': { 'x-cs-source': 'inferred' } },
    });
    expect(await workspace.run(['lint', 'old'])).toMatchObject({ code: 0 });
    expect(await workspace.run(['generate', 'old'])).toMatchObject({ code: 0 });
  }, 60_000);

  it('keeps a file of 3.1 that lacks nothing as it was written, comments and all', async () => {
    const text = `# Theirs.\n${await read('specs/plain/openapi.yaml')}`;
    await write('theirs.yaml', text);
    expect(await workspace.run(['add', 'theirs', '--from', 'theirs.yaml'])).toMatchObject({ code: 0 });
    expect(await read('specs/theirs/openapi.yaml')).toBe(text);
  }, 60_000);

  it('adds to a file of 3.1 without touching its comments', async () => {
    const [openapi, ...rest] = stringify(bare('3.1.0', { type: 'string' })).split('\n');
    await write('bare.yaml', [openapi, '# Theirs.', ...rest].join('\n').replace('nullable: true', 'minLength: 1'));
    expect(await workspace.run(['add', 'bare', '--from', 'bare.yaml'])).toMatchObject({ code: 0 });
    const made = await read('specs/bare/openapi.yaml');
    expect(made).toContain('# Theirs.');
    expect(made).toContain('operationId: getPetsId');
    expect(await workspace.run(['generate', 'bare'])).toMatchObject({ code: 0 });
  }, 60_000);

  it('makes one file of several', async () => {
    await write(
      'whole.json',
      JSON.stringify(bare('3.1.0', { $ref: './parts.yaml#/Pet' })).replace(',"nullable":true', ''),
    );
    await write('parts.yaml', 'Pet: { type: object, required: [name], properties: { name: { type: string } } }\n');
    expect(await workspace.run(['add', 'whole', '--from', 'whole.json'])).toMatchObject({ code: 0, stderr: '' });
    expect(await read('specs/whole/openapi.yaml')).not.toContain('parts.yaml');
    expect(await workspace.run(['generate', 'whole'])).toMatchObject({ code: 0 });
    expect(await read('generated/whole/src/types.ts')).toMatch(/name: string/);
  }, 60_000);
});

describe('init', () => {
  it('leaves a repository of CommonJS as it is, and says so', async () => {
    const root = await mkdtemp(join(tmpdir(), 'countersign-init-'));
    const countersign = (...args: string[]): Promise<{ code?: number; stdout: string }> =>
      run(process.execPath, [join(repository, 'scripts/main.ts'), ...args], { cwd: root }).catch((error) => error);
    const manifest = async () => JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    try {
      await writeFile(join(root, 'package.json'), '{"name":"mine","type":"commonjs","scripts":{"lint":"eslint"}}');
      await writeFile(join(root, 'index.js'), 'module.exports = 1;\n');
      const { stdout } = await countersign('init', '--yes', '--scope', '@mine');
      expect(stdout).toContain('index.js may need that');
      expect(await manifest()).toEqual({
        name: 'mine',
        type: 'commonjs',
        scripts: {
          lint: 'eslint',
          ...Object.fromEntries(['generate', 'mock', 'test', 'check'].map((name) => [name, expect.any(String)])),
        },
        devDependencies: { countersign: '^0.1.0', '@countersign/runtime': '^0.1.0' },
      });
      const doctor = await countersign('doctor');
      expect(doctor.code).toBe(1);
      expect(doctor.stdout).toMatch(
        /package\.json: does not say `"type": "module"`[^\n]*\n {2}= docs: .*#doctor-modules/,
      );
      expect(doctor.stdout).toMatch(/zod: is not installed\.[^\n]*\n {2}= docs: .*#doctor-package/);
      await rm(join(root, 'index.js'));
      await countersign('init', '--yes');
      expect(await manifest()).toMatchObject({ type: 'module' });
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  }, 60_000);
});

describe('doctor', () => {
  it('finds nothing wrong, then every mistake of the configuration with its place', async () => {
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
  }, 60_000);

  it.each([
    ['no TypeScript', 'export default {\n  scope: ,\n};\n', '2:10', 'config-load'],
    ['what throws', 'const a = {};\nexport default a.b.c;\n', '2:20', 'config-load'],
    ['an import of nothing', "import x from 'nowhere';\nexport default x;\n", '1:16', 'config-load'],
    ['no object', 'export default 7;\n', '1:1', 'config-value'],
    ['a misspelt provider', "export default { providers: { plian: { role: 'both' } } };\n", '1:31', 'config-value'],
    ['a wrong folder', "export default { folders: { specs: '../specs' } };\n", '1:29', 'config-value'],
    ['a version as tag', "export default { release: { tag: '1.0.0' } };\n", '1:29', 'config-value'],
  ])('says where a configuration has %s', async (_, text, place, code) => {
    await writeFile(join(workspace.root, 'countersign.config.ts'), text);
    const { code: exit, stderr } = await workspace.run(['generate']);
    expect(exit).toBe(1);
    expect(stderr).toContain(`error[${code}]`);
    expect(stderr).toContain(`countersign.config.ts:${place}\n`);
  });
});
