import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
    ['a provider that is there', ['add', 'plain'], 'is there already'],
    ['a name that no package can have', ['add', 'Plain Shop'], 'Use lower-case words with hyphens'],
    ['an algorithm that nobody knows', ['add', 'x', '--signing', 'rot13'], 'Allowed choices are md5'],
    ['a file that is not there', ['add', 'y', '--from', 'nowhere.yaml'], 'There is no such file.'],
  ])('refuses %s', async (_, args, says) => {
    const { code, stderr } = await workspace.run(args);
    expect(code).toBe(1);
    expect(stderr).toContain(says);
  });

  it('takes an OpenAPI 3.0 document from a URL, as 3.1', async () => {
    const document = {
      openapi: '3.0.3',
      info: { title: 'Old', version: '1', description: 'Old.', license: { name: 'MIT', url: 'https://old.invalid' } },
      servers: [{ url: 'https://old.invalid' }],
      tags: [{ name: 'all', description: 'All.' }],
      paths: {
        '/a': {
          get: {
            operationId: 'getA',
            summary: 'A',
            tags: ['all'],
            security: [],
            responses: {
              '200': {
                description: 'A.',
                content: { 'application/json': { schema: { type: 'string', nullable: true } } },
              },
              '400': { description: 'No.' },
            },
          },
        },
      },
    };
    const server = createServer((_, response) => response.end(JSON.stringify(document)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/openapi.json`;
      const { code, stderr } = await workspace.run(['add', 'old', '--from', url]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    } finally {
      server.close();
    }
    const spec = await read('specs/old/openapi.yaml');
    expect(spec).toMatch(/^openapi: 3\.1\.1$/m);
    expect(spec).toMatch(/type:\n\s+- string\n\s+- "?null"?/);
    expect((await workspace.run(['generate', 'old'])).code).toBe(0);
  }, 60_000);
});

describe('doctor', () => {
  it('finds nothing wrong, then a wrong configuration with its place', async () => {
    await workspace.run(['generate']);
    const fine = await workspace.run(['doctor', '--json']);
    expect(JSON.parse(fine.stdout)).toMatchObject({ ok: true });
    await writeFile(
      join(workspace.root, 'countersign.config.ts'),
      "const config = {\n  scope: 'Shops',\n  releese: { tag: 'next' },\n  providers: { plain: { role: 'both', atLeast: '1' } },\n};\nexport default config;\n",
    );
    const wrong = await workspace.run(['doctor']);
    expect(wrong.code).toBe(1);
    expect(wrong.stdout).toContain('countersign.config.ts:2:3 config-value: `scope`: must be an npm scope');

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
});
