/** `npm create countersign`, from its tarball, in an empty folder. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PackedProject, packProject } from './packed-project.ts';

let packed: PackedProject;
/** The tarball of create-countersign, and what stands for the packages that it installs. */
let create: string;
let environment: NodeJS.ProcessEnv;

const DOCUMENT = {
  openapi: '3.0.3',
  info: { title: 'Shop', version: '1.0.0' },
  servers: [{ url: 'https://shop.example' }],
  paths: {
    '/orders/{id}': {
      get: {
        operationId: 'getOrder',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        responses: {
          '200': { description: 'Ok.', content: { 'application/json': { schema: { type: 'object' } } } },
        },
      },
    },
  },
};

beforeAll(async () => {
  packed = await packProject('my-apps');
  const { stdout } = await packed.shell(`npm pack --silent ${join(packed.packages, 'create-countersign')}`);
  create = `npx --yes ./${stdout.trim()}`;
  environment = { CREATE_COUNTERSIGN_PACKAGES: [...packed.tarballs.values()].join(' ') };
  await writeFile(join(packed.root, 'shop.json'), JSON.stringify(DOCUMENT));
}, 300_000);
afterAll(() => packed.remove());

describe('create-countersign', () => {
  it('makes a workspace with a first provider, and its commands work', async () => {
    const options = '--yes --provider shop --from shop.json --editor vscode --ci github';
    const made = await packed.shell(`${create} my-apis ${options}`, environment);
    expect({ code: made.code, stderr: made.stderr }).toMatchObject({ code: 0 });
    expect(made.stdout).toContain('13 files written.');
    expect(made.stdout).toMatch(/Next:\n {2}cd my-apis\n {2}npm run mock\n$/);
    const file = (path: string): Promise<string> => readFile(join(packed.root, 'my-apis', path), 'utf8');
    expect(JSON.parse(await file('package.json'))).toMatchObject({ name: 'my-apis', private: true, type: 'module' });
    expect(await file('specs/shop/openapi.yaml')).toContain('operationId: getOrder');
    expect(await file('.github/workflows/contracts.yml')).toContain('npx countersign generate --check');
    expect(await file('.vscode/settings.json')).toContain('x-cs.schema.json');
    expect(await packed.shell('cd my-apis && npm run --silent check')).toMatchObject({ code: 0 });
  }, 300_000);

  it('leaves a folder that is not empty alone', async () => {
    await mkdir(join(packed.root, 'taken'));
    await writeFile(join(packed.root, 'taken/notes.txt'), 'mine');
    const refused = await packed.shell(`${create} taken --yes`, environment);
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toContain('taken is not empty.');
  }, 60_000);

  it('prints the commands that are left with --no-install', async () => {
    const { stdout } = await packed.shell(`${create} later --no-install --provider shop --signing hmac --ci github`);
    expect(stdout.split('\n').map((line) => line.trim())).toEqual([
      'Next:',
      'cd later',
      expect.stringMatching(/^npm install --save-dev .*countersign @countersign\/runtime/),
      'npx countersign init --yes --ci github',
      'npx countersign add shop --signing hmac',
      'npx countersign generate',
      '',
    ]);
  }, 60_000);

  it.each([
    ['a document without a provider', '--from shop.json', '`--from` needs `--provider`'],
    ['a signature without a provider', '--signing hmac', '`--signing` needs `--provider`'],
    ['an unknown option', '--nothing', '--nothing'],
    ['a name that no provider has', '--provider A-B', '"A-B" is not a valid provider name.'],
    ['a document that is missing', '--provider shop --from none.json', 'The document none.json does not exist'],
    ['an unknown signature', '--provider shop --signing strip', 'Expected one of acs3,'],
    ['an unknown editor', '--editor emacs', '`--editor emacs` is not supported. Expected vscode.'],
    ['an unknown CI server', '--ci jenkins', '`--ci jenkins` is not supported. Expected github.'],
    ['a scope without @', '--scope acme', '"acme" is not a valid npm scope.'],
  ])(
    'rejects %s before it writes or installs',
    async (_, given, says) => {
      const refused = await packed.shell(`${create} other --yes ${given}`, environment);
      expect(refused).toMatchObject({ code: 1 });
      expect(refused.stderr).toContain(says);
      expect(existsSync(join(packed.root, 'other'))).toBe(false);
    },
    60_000,
  );

  it('leaves no folder behind when npm cannot install', async () => {
    const missing = { CREATE_COUNTERSIGN_PACKAGES: './no-such-package.tgz' };
    const failed = await packed.shell(`${create} other --yes`, missing);
    expect(failed).toMatchObject({ code: 1 });
    expect(existsSync(join(packed.root, 'other'))).toBe(false);
  }, 60_000);
});
