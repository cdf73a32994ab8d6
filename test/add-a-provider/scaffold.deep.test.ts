import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALGORITHMS } from '../../scripts/commands/init/algorithms.ts';
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
  it('creates a workspace with its first provider, and scaffolds one for each algorithm', async () => {
    for (const algorithm of algorithms) {
      const { code, stderr } = await workspace.run(['add', folderOf(algorithm), '--signing', algorithm, '--signer']);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    }
    expect((await workspace.run(['add', 'plain'])).code).toBe(0);
    expect(await read('countersign.config.ts')).toMatch(/scope: '@countersign-workspace-/);
    expect(JSON.parse(await read('package.json')).scripts).toMatchObject({
      test: 'node --test "test/**/*.test.ts" "generated/*/test/*.test.ts"',
    });
  });

  it('writes specs without errors, code that type-checks, and tests that pass', async () => {
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
    // Two calls and one vector for each provider that signs; two calls for the one that does not.
    expect(stdout).toContain(`pass ${algorithms.length * 3 + 2}`);
    expect(stdout).toContain('fail 0');
  });

  it('writes a test that detects a different canonical form', async () => {
    const file = join(workspace.root, 'plugins/md5-shop/signing.ts');
    await writeFile(file, (await readFile(file, 'utf8')).replace('[timestamp, nonce,', '[nonce, timestamp,'));
    const failed = await run(process.execPath, ['--test', 'test/md5-shop.test.ts'], { cwd: workspace.root }).catch(
      ({ stdout }: { stdout: string }) => ({ stdout }),
    );
    expect(failed.stdout).toContain('fail 1');
  });

  it('signs the body of a vector in its test', async () => {
    const file = join(workspace.root, 'generated/hmac-sha256-shop/openapi.json');
    const document = JSON.parse(await readFile(file, 'utf8'));
    const [vector] = document.components.securitySchemes.hmacSha256ShopSignature['x-cs-signing'].vectors;
    const body = '{"a":1}';
    const message = [vector.timestamp, vector.nonce, 'POST', vector.url, body].join('\n');
    const signature = createHmac('sha256', vector.credentials.secret).update(message).digest('hex');
    Object.assign(vector, { method: 'POST', body, signature });
    const test = async () => {
      await writeFile(file, JSON.stringify(document));
      return run(process.execPath, ['--test', 'test/hmac-sha256-shop.test.ts'], { cwd: workspace.root }).catch(
        ({ stdout }: { stdout: string }) => ({ stdout }),
      );
    };
    expect((await test()).stdout).toContain('fail 0');
    vector.body = '{"a":2}';
    expect((await test()).stdout).toContain('fail 1');
  });

  it('writes a test for each vector, which detects a wrong one of a signer', async () => {
    const { test } = JSON.parse(await read('package.json')).scripts as { readonly test: string };
    const [, ...globs] = /^node --test "(.*)" "(.*)"$/.exec(test) ?? [];
    const result = async () => {
      expect((await workspace.run(['generate', 'hmac-sha1-shop'])).code).toBe(0);
      const only = globs.map((glob) => glob.replace(/\*\*\/\*|\*/, 'hmac-sha1-shop'));
      const { stdout } = await run(process.execPath, ['--test', '--test-reporter=tap', ...only], {
        cwd: workspace.root,
      }).catch(({ stdout }: { stdout: string }) => ({ stdout }));
      return stdout.split('\n').filter((line) => /^# (pass|fail) /.test(line));
    };
    expect(await result()).toEqual(['# pass 4', '# fail 0']);
    // The provider's own test is removed; the generated files stay.
    await rm(join(workspace.root, 'test/hmac-sha1-shop.test.ts'));
    const file = join(workspace.root, 'specs/hmac-sha1-shop/openapi.yaml');
    await writeFile(
      file,
      (await readFile(file, 'utf8')).replace(/method: GET\n(\s+)/, "method: POST\n$1body: '{}'\n$1"),
    );
    expect(await result()).toEqual(['# pass 0', '# fail 1']);
  });
});
