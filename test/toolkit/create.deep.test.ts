/** `npm create countersign` from its tarball in an empty folder, and the tutorial, which starts with it. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PackedProject, packProject, repository } from './packed-project.ts';
import { readPage } from './read-page.ts';

let packed: PackedProject;
/** The tarball of create-countersign, and substitutes for the packages that it installs. */
let create: string;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  packed = await packProject('my-apps');
  const { stdout } = await packed.shell(`npm pack --silent ${join(packed.packages, 'create-countersign')}`);
  create = `npx --yes ./${stdout.trim()}`;
  environment = { CREATE_COUNTERSIGN_PACKAGES: [...packed.tarballs.values()].join(' ') };
  await writeFile(join(packed.root, 'shop.json'), '{}');
}, 300_000);
afterAll(() => packed.remove());

/** The author of the commits in the tutorial. */
const AUTHOR = {
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.com',
};

describe('docs/tutorial.md, unchanged', () => {
  it('leads from an empty folder to a dry release', async () => {
    const file = join(repository, 'docs/tutorial.md');
    const blocks = [...(await readFile(file, 'utf8')).matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)];
    const output = blocks.find(([, kind]) => kind === '')?.[2];
    const said = new Map<string, string>();
    let folder = '.';
    let mock: Awaited<ReturnType<PackedProject['startMock']>> | undefined;
    try {
      for (const step of (await readPage(file)).steps) {
        if (step.kind === 'file') {
          await mkdir(dirname(join(packed.root, folder, step.path)), { recursive: true });
          const text = step.text.replace('http://127.0.0.1:4010', mock?.url ?? '');
          await writeFile(join(packed.root, folder, step.path), text);
        } else if (step.command.startsWith('cd ')) folder = step.command.slice('cd '.length);
        // Another program may use the mock's own port.
        else if (step.command === 'npm run mock')
          mock = await packed.startMock(`sh -c 'cd ${folder} && exec npx countersign mock --port 0'`);
        else {
          const command = step.command.replace('npm create countersign', create).replace(' -- --yes', ' --yes');
          const made = await packed.shell(`cd ${folder} && ${command}`, { ...environment, ...AUTHOR });
          expect({ command, code: made.code, said: made.code === 0 ? '' : made.stdout + made.stderr }).toEqual({
            command,
            code: 0,
            said: '',
          });
          said.set(step.command, made.stdout);
          // The change that the page describes.
          if (step.command.startsWith('cp ')) {
            const spec = join(packed.root, folder, 'specs/shop/openapi.yaml');
            const text = await readFile(spec, 'utf8');
            await writeFile(spec, text.replace(/^( +)item: .+$/m, '$&\n$1note: { type: string }'));
          }
        }
      }
    } finally {
      await mock?.close();
    }
    const about = (start: string): string => [...said].find(([command]) => command.startsWith(start))?.[1] ?? '';
    expect(about('env ')).toBe(output);
    expect(about('npm test')).toMatch(/pass 2\n/);
    expect(about('npx countersign diff')).toMatch(/^shop: minor\n/);
    expect(about('npm run release')).toContain('@my-apis/shop: not published yet → 0.1.0');
    const read = (path: string): Promise<string> => readFile(join(packed.root, folder, path), 'utf8');
    expect(JSON.parse(await read('package.json'))).toMatchObject({ name: 'my-apis', private: true, type: 'module' });
    expect(await read('.github/workflows/contracts.yml')).toContain('npx countersign generate --check');
    expect(await read('.vscode/settings.json')).toContain('x-cs.schema.json');
    expect(await read('generated/shop/src/react.ts')).toContain('useGetOrder');
    expect(await packed.shell(`cd ${folder} && npm run --silent check`)).toMatchObject({ code: 0 });
  }, 600_000);
});

describe('create-countersign', () => {
  it('does not change a folder that is not empty', async () => {
    await mkdir(join(packed.root, 'taken'));
    await writeFile(join(packed.root, 'taken/notes.txt'), 'mine');
    const refused = await packed.shell(`${create} taken --yes`, environment);
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toContain('taken is not empty.');
  }, 60_000);

  it('prints the remaining commands with --no-install', async () => {
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
    ['an invalid provider name', '--provider A-B', '"A-B" is not a valid provider name.'],
    ['a missing document', '--provider shop --from none.json', 'The document none.json does not exist'],
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

  it('deletes its folder if npm cannot install', async () => {
    const missing = { CREATE_COUNTERSIGN_PACKAGES: './no-such-package.tgz' };
    const failed = await packed.shell(`${create} other --yes`, missing);
    expect(failed).toMatchObject({ code: 1 });
    expect(existsSync(join(packed.root, 'other'))).toBe(false);
  }, 60_000);
});
