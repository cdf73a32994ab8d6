import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { InputError } from '../../scripts/common/diagnostics/diagnostic.ts';
import { loadConfig } from '../../scripts/config/index.ts';

let root: string;
let revision = 0;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'countersign-config-'));
  await mkdir(join(root, 'node_modules'));
});
afterAll(() => rm(root, { recursive: true }));

async function load(config: string): Promise<unknown> {
  await writeFile(join(root, 'countersign.config.ts'), `export default ${config};\n`);
  revision += 1;
  return loadConfig(root, revision).catch((error) => {
    if (!(error instanceof InputError)) throw error;
    return error.diagnostics.map(({ message }) => message).join(' ');
  });
}

async function accepted(): Promise<readonly string[]> {
  const file = join(root, 'node_modules/.cache/countersign/config.json');
  const known = JSON.parse(await readFile(file, 'utf8').catch(() => '{}'));
  return known.accepted ?? [];
}

/** Configurations in sequence, each result, and how many accepted configurations are stored afterwards. */
const table: readonly (readonly [string, unknown, number])[] = [
  ['{ scope: "@Acme" }', expect.stringContaining('must be an npm scope in lower case'), 0],
  ['{ scope: "@acme" }', { scope: '@acme' }, 1],
  ['{ scope: "@acme" }', { scope: '@acme' }, 1],
  ['{ scope: "@Acme" }', expect.stringContaining('must be an npm scope in lower case'), 1],
  ['{ scop: "@acme" }', expect.stringContaining('`scop` is not a known setting'), 1],
  ['{ scope: undefined }', {}, 1],
  ['{ folders: { specs: "a" } }', { folders: { specs: 'a' } }, 2],
  // The schema accepts it; folders are compared in each run.
  ['{ folders: { specs: "a", plugins: "a/b" } }', expect.stringContaining('must not overlap'), 3],
  ['{ folders: { specs: "a", plugins: "a/b" } }', expect.stringContaining('must not overlap'), 3],
  ['{ emitters: [() => {}] }', expect.stringContaining('must be an emitter'), 3],
  ['{ get scope() { return "@acme"; } }', { scope: '@acme' }, 3],
  ['new (class { scope = "@Acme" })()', expect.stringContaining('must be an npm scope'), 3],
  ['null', expect.stringContaining('The default export'), 3],
];

it.each(table.map((row, at) => [at, ...row] as const))(
  'loads configuration %i, %s',
  async (_, config, result, known) => {
    expect(await load(config)).toEqual(result);
    expect(await accepted()).toHaveLength(known);
  },
);
