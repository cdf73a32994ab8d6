import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PackedProject, packProject, repository } from './packed-project.ts';
import { readPage } from './read-page.ts';

let packed: PackedProject;
let project: string;
const shell: PackedProject['shell'] = (command, env) => packed.shell(command, env);
const page = await readPage(join(repository, 'docs/add-a-provider.md'));

beforeAll(async () => {
  packed = await packProject('newcomer');
  project = packed.root;
});
afterAll(() => packed.remove());

describe('docs/add-a-provider.md, unchanged', () => {
  it('needs at most five commands and sixty lines, without the spec', () => {
    const lines = page.files
      .filter(({ path }) => !path.startsWith('specs/'))
      .flatMap(({ text }) => text.split('\n').filter((line) => line.trim() !== ''));
    expect(lines.length).toBeLessThanOrEqual(60);
    expect(page.commands.length).toBeLessThanOrEqual(5);
  });

  it('leads from an empty folder to passing tests and a mock that responds', async () => {
    let mock: Awaited<ReturnType<PackedProject['startMock']>> | undefined;
    try {
      for (const step of page.steps) {
        if (step.kind === 'file') {
          await mkdir(dirname(join(project, step.path)), { recursive: true });
          await writeFile(join(project, step.path), step.text.replace('http://127.0.0.1:4010', mock?.url ?? ''));
        } else if (step.command.startsWith('npx countersign mock')) {
          // The only difference from the page: another program may have its port.
          mock = await packed.startMock(`${step.command} --port 0`);
        } else {
          const command = step.command.replace(/(?<= )(@countersign\/runtime|countersign)(?= |$)/g, (name) =>
            step.command.startsWith('npm install') ? (packed.tarballs.get(name) ?? name) : name,
          );
          const { code, stdout, stderr } = await shell(
            command.replace('npm install', 'npm install --no-audit --no-fund'),
          );
          expect({ command: step.command, code, said: code === 0 ? '' : stdout + stderr }).toEqual({
            command: step.command,
            code: 0,
            said: '',
          });
          if (step.command === 'npm test') expect(stdout).toMatch(/pass 3\n/);
        }
      }
      const demo = await shell('npx countersign mock env acme');
      const credentials = Object.fromEntries(
        demo.stdout
          .trim()
          .split('\n')
          .map((line) => line.split('=') as [string, string]),
      );
      const called = await shell('node example.ts', credentials);
      expect({ code: called.code, stdout: called.stdout }).toEqual({
        code: 0,
        stdout: expect.stringContaining("reference: 'A-1'"),
      });
      const refused = await shell('node example.ts', { ...credentials, ACME_SECRET: 'guessed' });
      expect(refused.stderr).toMatch(/HTTP 401/);
    } finally {
      await mock?.close();
    }
  });

  it('creates a project whose types compile, and in which check and doctor find no error', async () => {
    expect(await shell('npm run check')).toMatchObject({ code: 0 });
    expect(await shell('npx countersign doctor')).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('the packed toolkit', () => {
  it('generates the same from a spec as this repository', async () => {
    for (const path of ['specs/moonpacket', 'plugins/moonpacket'])
      await cp(join(repository, path), join(project, path), { recursive: true });
    const { code, stderr } = await shell('npx countersign generate moonpacket');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const made = join(project, 'generated/moonpacket');
    for (const name of await readdir(join(made, 'src'))) {
      const path = join('generated/moonpacket/src', name);
      expect(await readFile(join(project, path), 'utf8'), path).toBe(await readFile(join(repository, path), 'utf8'));
    }
  });

  it('loads only a few of its modules beside the bundle of `generate`', async () => {
    const count = `
      import { registerHooks } from 'node:module';
      import { isMainThread } from 'node:worker_threads';
      let own = 0;
      registerHooks({ load: (url, context, next) => {
        own += /[/]countersign[/]scripts[/]/.test(url);
        return next(url, context);
      } });
      if (isMainThread) process.on('exit', () => console.log('own modules: ' + own));`;
    const hook = `--import=data:text/javascript,${encodeURIComponent(count).replaceAll("'", '%27')}`;
    const { code, stdout } = await shell(
      `node '${hook}' node_modules/countersign/bin/countersign.js generate acme --force`,
    );
    expect(code).toBe(0);
    expect(Number(/own modules: (\d+)/.exec(stdout)?.[1])).toBeLessThan(10);
    const license = await readFile(join(project, 'node_modules/countersign/LICENSE'), 'utf8');
    expect(license).toContain('This package contains yaml:');
  });

  it('lints, diffs and builds, and links each error to the docs', async () => {
    expect(await shell('npx countersign lint acme')).toMatchObject({ code: 0 });
    const old = join(packed.folder, 'old.json');
    const document = await readFile(join(project, 'generated/acme/openapi.json'), 'utf8');
    await writeFile(old, document.replace('"maxLength": 40', '"maxLength": 60'));
    const { stdout } = await shell(`npx countersign diff acme --against ${old}`);
    expect(stdout).toContain('acme: major');
    expect(stdout).toContain('createOrder request: `reference` has a different `maxLength`: `60` → `40`');

    const built = await shell('npx countersign build acme');
    expect({ code: built.code, stderr: built.stderr }).toEqual({ code: 0, stderr: '' });
    const manifest = JSON.parse(await readFile(join(project, 'generated/acme/dist/package.json'), 'utf8'));
    expect(manifest).toMatchObject({
      name: '@newcomer/acme',
      countersign: { signers: { acmeSignature: expect.any(String) } },
    });

    await writeFile(join(project, 'plugins/acme/signing.ts'), 'export const acmeSignatur = 1;\n');
    const wrong = await shell('npx countersign generate acme');
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain('docs: node_modules/countersign/docs/troubleshooting.md#signer-missing');
  });

  it('has every documented command, and no test, plugin or provider', async () => {
    const { stdout } = await shell('npx countersign --help');
    for (const command of ['init', 'add', 'generate', 'lint', 'mock', 'docs', 'diff', 'release', 'doctor'])
      expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
    expect(stdout).not.toMatch(/^ {2}games/m);
    const files = await readdir(join(project, 'node_modules/countersign'), { recursive: true });
    expect(files.filter((file) => /^(test|bench|plugins|generated)\/./.test(file))).toEqual([]);
  });

  it('has a README for users of the package: only commands and scripts that exist there', async () => {
    const readme = await readFile(join(project, 'node_modules/countersign/README.md'), 'utf8');
    expect(readme).toContain('npm install --save-dev countersign @countersign/runtime');
    expect(readme).not.toMatch(
      /npm ci|git clone|scripts\/|bench|build:toolkit|CONTRIBUTING|ARCHITECTURE|DailyPlay|Plattr/,
    );
    const { scripts } = JSON.parse(await readFile(join(project, 'package.json'), 'utf8'));
    const named = [...readme.matchAll(/npm run ([a-z][\w:-]*)/g)].map(([, name]) => name);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
  });

  it('can be installed by Node 20, and contains no analytics: Prism is bundled, with its licence', async () => {
    const modules = join(project, 'node_modules');
    for (const name of ['@scarf', '@stoplight', 'orval', '@scalar'])
      expect(existsSync(join(modules, name)), name).toBe(false);
    for (const name of ['countersign', '@countersign/runtime']) {
      const manifest = JSON.parse(await readFile(join(modules, name, 'package.json'), 'utf8'));
      expect(manifest.engines).toEqual({ node: '>=20' });
      expect(Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }).join(' ')).not.toMatch(
        /stoplight/,
      );
    }
    const license = await readFile(join(modules, '@countersign/runtime/LICENSE'), 'utf8');
    expect(license).toContain('This package contains @stoplight/prism-http:');
    expect(await readFile(join(modules, 'countersign/LICENSE'), 'utf8')).toContain('This package contains orval:');
  });

  it('passes publint and @arethetypeswrong/cli, and has no broken link', async () => {
    const attw = join(repository, 'node_modules/@arethetypeswrong/cli/dist/index.js');
    for (const name of ['countersign', 'runtime']) {
      const pkgDir = join(packed.packages, name);
      expect((await publint({ pkgDir, strict: true, pack: 'npm' })).messages).toEqual([]);
      const said = await shell(`node ${attw} --pack ${pkgDir} --profile esm-only`);
      expect({ code: said.code, said: said.code === 0 ? '' : said.stdout }).toEqual({ code: 0, said: '' });
    }
    const installed = join(project, 'node_modules/countersign');
    const pages = ['README.md', ...(await readdir(join(installed, 'docs'))).map((page) => `docs/${page}`)];
    for (const page of pages.filter((path) => path.endsWith('.md'))) {
      const text = (await readFile(join(installed, page), 'utf8')).replaceAll(/^```[\s\S]*?^```$/gm, '');
      const targets = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target = '']) => target);
      const dead = targets.filter((target) => !existsSync(join(installed, dirname(page), target)));
      expect({ page, dead }).toEqual({ page, dead: [] });
    }
  });
});
