import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorkspace, type TestWorkspace } from '../build/make-workspace.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace([]);
  for (const provider of ['plain', 'other']) await workspace.run(['add', provider]);
});
afterAll(() => workspace.remove());

// scaffold.deep.test.ts and presets.test.ts type-check and test the output.
describe('add', () => {
  it.each([
    ['a provider that exists', ['add', 'plain'], 'provider-exists', 'already exists'],
    [
      'a name that is not valid for a package',
      ['add', 'Plain Shop'],
      'provider-name',
      'Use lower-case words with hyphens',
    ],
    [
      'a file that does not exist',
      ['add', 'y', '--from', 'nowhere.yaml'],
      'import-document',
      'The file does not exist.',
    ],
    [
      'a file that is not OpenAPI',
      ['add', 'y', '--from', 'package.json'],
      'import-document',
      'not an OpenAPI 3.0, 3.1 or 3.2 document',
    ],
    [
      'a host that does not exist',
      ['add', 'y', '--from', 'http://127.0.0.1:1/a'],
      'import-document',
      'cannot be loaded',
    ],
    ['an invalid npm scope', ['init', '--scope', 'Shops'], 'init-scope', 'Use lower-case letters'],
    ['a signer without an algorithm', ['add', 'y', '--signer'], 'add-signer', 'Write `--signing` with one of md5'],
    ['a signer beside a recipe', ['add', 'y', '--signing', 'stripe', '--signer'], 'add-signer', '`stripe` is a recipe'],
    [
      'diff of all providers with one file',
      ['diff', '--against', 'x.json'],
      'diff-against',
      'Add the name of the provider.',
    ],
    ['diff with a missing file', ['diff', 'plain', '--against', 'x.json'], 'diff-document', 'The file does not exist.'],
    [
      'diff with a file that is not a contract',
      ['diff', 'plain', '--against', 'package.json'],
      'diff-document',
      'not an OpenAPI document',
    ],
    ['build before generate', ['build', 'late'], 'build-missing', 'Run `countersign generate`.'],
  ])('rejects %s, with a link to the docs', async (_, args, code, says) => {
    if (args.includes('late')) await workspace.run(['add', 'late']);
    const { code: exit, stderr } = await workspace.run(args);
    expect(exit).toBe(1);
    expect(stderr).toContain(`error[${code}]`);
    expect(stderr).toContain(says);
    expect(stderr).toMatch(new RegExp(`= docs: \\S*docs/troubleshooting\\.md#${code}\n`));
    await rm(join(workspace.root, 'specs/late'), { recursive: true, force: true });
  });

  it('rejects an unknown algorithm', async () => {
    const { code, stderr } = await workspace.run(['add', 'x', '--signing', 'rot13']);
    expect(code).toBe(1);
    expect(stderr).toContain('Allowed choices are acs3');
  });
});
