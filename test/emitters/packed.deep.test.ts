import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type PackedProject, packProject, repository } from '../toolkit/packed-project.ts';
import { makeWorkspace } from './workspace.ts';

const page = await readFile(join(repository, 'docs/emitters.md'), 'utf8');
const files = [...page.matchAll(/^```ts (\S+)\n([\s\S]*?)^```$/gm)].map(([, path = '', text = '']) => ({ path, text }));
const commands = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, text = '']) => text.trim().split('\n'));

let packed: PackedProject;
const tell = async (command: string): Promise<string> => {
  const { code, stdout, stderr } = await packed.shell(command);
  expect({ command, code, said: code === 0 ? '' : stdout + stderr }).toEqual({ command, code: 0, said: '' });
  return stdout;
};
const write = async (path: string, text: string): Promise<void> => {
  await mkdir(dirname(join(packed.root, path)), { recursive: true });
  await writeFile(join(packed.root, path), text);
};

beforeAll(async () => {
  packed = await packProject('shop');
  const spec = await makeWorkspace();
  await tell(`npm install --no-audit --no-fund --save-dev ${[...packed.tarballs.values()].join(' ')}`);
  await tell('npx countersign init --yes < /dev/null');
  await write('specs/shop/openapi.json', await readFile(join(spec.root, 'specs/shop/openapi.json'), 'utf8'));
  await spec.remove();
});
afterAll(() => packed.remove());

it('docs/emitters.md, unchanged: 40 lines define an emitter, whose schemas work', async () => {
  const [emitter] = files;
  expect(
    emitter?.text
      .trim()
      .split('\n')
      .filter((line) => line !== '').length,
  ).toBeLessThanOrEqual(40);
  for (const { path, text } of files) await write(path, text);
  for (const command of commands) await tell(command.replace('npm install', 'npm install --no-audit --no-fund'));
  const made = await readFile(join(packed.root, 'generated/shop/src/valibot.ts'), 'utf8');
  expect(made).toContain('export const orderShape: v.GenericSchema = v.looseObject({');
  expect(await tell('node use.ts')).toBe('true\n');
  const manifest = JSON.parse(await readFile(join(packed.root, 'generated/shop/package.json'), 'utf8'));
  expect(manifest.exports['./valibot']).toBe('./src/valibot.ts');
  expect(manifest.peerDependencies.valibot).toBe('^1.0.0');
  // The types of `countersign/emitter` and of the generated code compile in the user's project.
  await tell('npx tsc --noEmit -p .');
  expect(await tell('npx countersign generate --check')).toContain('generated/ is up to date.');
  await tell('npx countersign build');
});

it('an unknown setting is an error with its location', async () => {
  const config = files.find(({ path }) => path === 'countersign.config.ts')?.text ?? '';
  await write('countersign.config.ts', config.replace('suffix:', 'sufix:'));
  const { code, stderr } = await packed.shell('npx countersign generate');
  expect(code).toBe(1);
  expect(stderr).toMatch(/`emitters\.0\.1`: Unrecognized key: "sufix"\.\n --> countersign\.config\.ts:6:\d+/);
});
