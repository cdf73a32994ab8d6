/**
 * `npm run bench:large`: generates api.github.com of @octokit/openapi with all of our emitters except the opt-in hooks,
 * and with the command lines of openapi-typescript and hey-api, as processes in turn. `--no-peer` omits hey-api, which
 * is installed from the registry.
 */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';
import { median, ratioLine } from '../measure.ts';
import { partOf } from './part-of.ts';
import { type Measured, runMeasured } from './run-measured.ts';

const ROUNDS = 3;
const GIGABYTE = 2 ** 30;
const root = fileURLToPath(new URL('../../', import.meta.url));
const source = join(root, 'node_modules/@octokit/openapi/generated/api.github.com.json');
const scratch = await mkdtemp(join(tmpdir(), 'countersign-large-'));
const workspace = join(scratch, 'workspace');
const lines: string[] = [];
const tell = (line: string): void => {
  lines.push(line);
  console.log(line);
};

async function place(document: string): Promise<void> {
  await mkdir(join(workspace, 'specs/github'), { recursive: true });
  await writeFile(join(workspace, 'specs/github/openapi.json'), document);
}

const node = (...args: readonly string[]): readonly string[] => [process.execPath, ...args];
const generate = (...flags: readonly string[]): Promise<Measured> =>
  runMeasured(node(join(root, 'scripts/start.js'), 'generate', ...flags), workspace);
const openapiTypescript = (): Promise<Measured> =>
  runMeasured(
    node(join(root, 'node_modules/openapi-typescript/bin/cli.js'), source, '-o', join(scratch, 'peer.ts')),
    scratch,
  );

/** hey-api with types, SDK and zod, in a folder of its own. */
async function openHeyApi(): Promise<() => Promise<Measured>> {
  const folder = join(scratch, 'hey-api');
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), '{"private":true,"type":"module"}');
  // Its output imports zod.
  const packages = ['@hey-api/openapi-ts', 'typescript@5.9', 'zod@4'];
  await runMeasured(['npm', 'install', '--no-audit', '--no-fund', ...packages], folder);
  const config = `export default { input: ${JSON.stringify(source)}, output: 'out', logs: { level: 'silent' },
    plugins: ['@hey-api/typescript', '@hey-api/sdk', '@hey-api/client-fetch', 'zod'] };`;
  await writeFile(join(folder, 'openapi-ts.config.mjs'), config);
  return () => runMeasured([join(folder, 'node_modules/.bin/openapi-ts')], folder);
}

const seconds = (runs: readonly Measured[]): number => median(runs.map(({ time }) => time));
const processor = (runs: readonly Measured[]): number => median(runs.map(({ cpu }) => cpu));
const summary = (name: string, runs: readonly Measured[]): string => {
  const peak = Math.max(...runs.map(({ memory }) => memory)) / 2 ** 20;
  const figures = [`${seconds(runs).toFixed(2)} s`, `${processor(runs).toFixed(2)} s CPU`, `${peak.toFixed(0)} MiB`];
  return name.padEnd(34) + figures.map((figure) => figure.padStart(13)).join('');
};

async function compare(): Promise<void> {
  await generate('--force');
  const heyApi = process.argv.includes('--no-peer') ? undefined : await openHeyApi();
  const runs = { ours: [] as Measured[], types: [] as Measured[], heyApi: [] as Measured[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    runs.ours.push(await generate('--force'));
    runs.types.push(await openapiTypescript());
    if (heyApi !== undefined) runs.heyApi.push(await heyApi());
  }
  tell(summary('countersign, all that it emits', runs.ours));
  tell(summary('openapi-typescript', runs.types));
  if (heyApi !== undefined) tell(summary('hey-api: types, SDK, zod', runs.heyApi));
  tell(ratioLine('time, of openapi-typescript', seconds(runs.ours) / seconds(runs.types), { atMost: 1 }));
  tell(ratioLine('CPU, of openapi-typescript', processor(runs.ours) / processor(runs.types), { atMost: 1.3 }));
  if (heyApi !== undefined)
    tell(ratioLine('time, of hey-api', seconds(runs.ours) / seconds(runs.heyApi), { atMost: 0.75 }));
  const peak = Math.max(...runs.ours.map(({ memory }) => memory));
  tell(ratioLine('peak memory, GiB', peak / GIGABYTE, { atMost: 0.6 }));
  tell(ratioLine('output on disk, MB', (await bytesBelow(join(workspace, 'generated'))) / 1e6, { atMost: 12 }));
  const unchanged = [await generate(), await generate(), await generate()];
  tell(`nothing changed                  ${seconds(unchanged).toFixed(3)} s`);
  // 0.1 s on a machine where openapi-typescript takes 2.4 s: machines differ, so the limit is a ratio.
  tell(
    ratioLine('nothing changed, of openapi-typescript', seconds(unchanged) / seconds(runs.types), { atMost: 0.042 }),
  );
}

async function bytesBelow(folder: string): Promise<number> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = found.filter((at) => at.isFile()).map(async (at) => (await stat(join(at.parentPath, at.name))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

type CompilerOptions = Readonly<Record<string, unknown>>;
const OWN_SETTINGS: CompilerOptions = { paths: {} };
/** The output of hey-api imports without extensions, and does not compile with `exactOptionalPropertyTypes`. */
const PEER_SETTINGS: CompilerOptions = {
  ...OWN_SETTINGS,
  module: 'esnext',
  moduleResolution: 'bundler',
  exactOptionalPropertyTypes: false,
  noUncheckedIndexedAccess: false,
};

/** TypeScript 7 over a folder, with the settings of this repository except `compilerOptions`. */
async function typeCheck(folder: string, include: string, compilerOptions: CompilerOptions): Promise<Measured> {
  const config = { extends: join(root, 'tsconfig.json'), include: [include], compilerOptions };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const compiler = join(root, 'node_modules/typescript-7/bin/tsc');
  // The errors of the peer's output are counted and printed.
  return runMeasured(node(compiler, '--noEmit', '-p', '.'), folder, { mayFail: folder !== workspace });
}

async function checkTypes(): Promise<void> {
  // Beside the workspace, which has a folder of that name for its cache.
  await symlink(join(root, 'node_modules'), join(scratch, 'node_modules'));
  const peer = join(scratch, 'hey-api');
  const withPeer = await stat(join(peer, 'out')).then(
    () => true,
    () => false,
  );
  const runs = { ours: [] as Measured[], peer: [] as Measured[] };
  for (let round = 0; round < (withPeer ? ROUNDS : 1); round += 1) {
    runs.ours.push(await typeCheck(workspace, 'generated/github/src', OWN_SETTINGS));
    if (withPeer) runs.peer.push(await typeCheck(peer, 'out', PEER_SETTINGS));
  }
  tell(summary('TypeScript 7 over our output', runs.ours));
  const file = join(workspace, 'generated/github/src/validators.ts');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('\n// @ts-nocheck\n', '\n'));
  tell(summary('the same without @ts-nocheck', [await typeCheck(workspace, 'generated/github/src', OWN_SETTINGS)]));
  await writeFile(file, text);
  if (!withPeer) return;
  tell(summary("TypeScript 7 over hey-api's output", runs.peer));
  // A check can be fast because a module is not found.
  tell(`  with ${runs.peer[0]?.output.match(/error TS\d+/g)?.length ?? 0} errors`);
  tell(ratioLine("type-check, of hey-api's output", seconds(runs.ours) / seconds(runs.peer), { atMost: 1 }));
  tell(ratioLine("type-check CPU, of hey-api's output", processor(runs.ours) / processor(runs.peer), { atMost: 1 }));
}

/** One operation's descriptor and validators, imported by name, as a browser would load them. */
async function bundleOne(): Promise<void> {
  const entry = `export { issuesGet } from './generated/github/src/operations.ts';
export { issuesGetValidators } from './generated/github/src/validators.ts';`;
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: workspace, loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    external: ['zod'],
    write: false,
    logLevel: 'silent',
  });
  const bytes = brotliCompressSync(outputFiles[0]?.contents ?? new Uint8Array()).length;
  tell(ratioLine('one operation bundled, brotli without zod, kB', bytes / 1000, { atMost: 25 }));
}

async function grow(): Promise<void> {
  const document = JSON.parse(await readFile(source, 'utf8')) as Parameters<typeof partOf>[0];
  const times: number[] = [];
  for (const operations of [1, 10, 100, 1000]) {
    await place(JSON.stringify(partOf(document, operations)));
    const measured = await generate('--force');
    times.push(measured.time);
    tell(`${String(operations).padStart(6)} operations ${measured.time.toFixed(2).padStart(6)} s`);
  }
  const [start = 0, , hundred = 0, thousand = 0] = times;
  // Beyond the fixed cost of a run, ten times as many operations must take at most ten times as long.
  tell(ratioLine('1,000 operations of 100, above the start', (thousand - start) / (hundred - start), { atMost: 10 }));
}

try {
  await mkdir(workspace, { recursive: true });
  await cp(source, join(scratch, 'github.json'));
  await place(await readFile(source, 'utf8'));
  const config = "export default { providers: { github: { lint: 'essential' } } };\n";
  await writeFile(join(workspace, 'countersign.config.ts'), config);
  await compare();
  await checkTypes();
  await bundleOne();
  await grow();
} finally {
  await rm(scratch, { recursive: true, force: true });
}
if (lines.some((line) => line.includes('NOT REACHED'))) process.exitCode = 1;
