/** `npm run bench:generate`: our generate beside the peers' command lines, all as processes, in interleaved rounds. */
import { appendFile, cp, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CONFIG_FILE, loadConfig } from '../scripts/config/index.ts';
import { timeWatch } from './generate-watch.ts';
import { median, ratioLine, timeCommand } from './measure.ts';

const ROUNDS = 5;
const PROVIDERS = ['dailyplay', 'dicey-fun', 'hive', 'moonpacket', 'plattr'];
const root = fileURLToPath(new URL('../', import.meta.url));
const bin = (name: string): string => join(root, 'node_modules/.bin', name);

const scratch = await mkdtemp(join(tmpdir(), 'countersign-bench-'));
const peers = join(scratch, 'peers');

/**
 * A new folder for each round, and none is removed before the end: after many files were removed, a file system takes
 * several times as long to create one. A user's first run does not have this cost.
 */
async function makeWorkspace(name: string): Promise<string> {
  const workspace = join(scratch, `workspace-${name}`);
  for (const provider of PROVIDERS) {
    for (const folder of ['specs', 'plugins']) {
      await cp(join(root, folder, provider), join(workspace, folder, provider), { recursive: true }).catch(() => {});
    }
  }
  // The repository's own settings, hooks included, in a file that runs without its packages.
  const config = JSON.stringify(await loadConfig(root));
  await writeFile(join(workspace, CONFIG_FILE), `export default ${config};\n`);
  return workspace;
}

/** Time of the last change of each file below a folder, in nanoseconds. */
async function readTimes(folder: string): Promise<string> {
  const files = (await readdir(folder, { recursive: true })).sort();
  const times = files.map(async (file) => `${file} ${(await stat(join(folder, file), { bigint: true })).mtimeNs}`);
  return (await Promise.all(times)).join('\n');
}

/** One configuration with every document twice, so that orval starts once: the best case for it. */
async function makePeers(): Promise<void> {
  const projects: Record<string, unknown> = {};
  for (const provider of PROVIDERS) {
    await cp(join(root, 'generated', provider, 'openapi.json'), join(peers, `${provider}.json`));
    for (const client of ['zod', 'fetch']) {
      projects[`${provider}-${client}`] = {
        input: `./${provider}.json`,
        output: { target: `./out/${provider}.${client}.ts`, client, mode: 'single' },
      };
    }
  }
  await writeFile(join(peers, 'orval.config.mjs'), `export default ${JSON.stringify(projects)};`);
}

const COMMAND = [process.execPath, join(root, 'scripts/start.js'), 'generate'];
const generate = (workspace: string): Promise<number> => timeCommand(COMMAND, workspace);

/**
 * The first run after an install, which compiles every module. Node's environment variable replaces the folder of the
 * compile cache.
 */
async function generateFirst(round: number): Promise<number> {
  process.env.NODE_COMPILE_CACHE = join(scratch, `compiled-${round}`);
  try {
    return await generate(await makeWorkspace(`first-${round}`));
  } finally {
    delete process.env.NODE_COMPILE_CACHE;
  }
}

async function timePeers(round: number): Promise<{ readonly types: number; readonly orval: number }> {
  let types = 0;
  for (const provider of PROVIDERS) {
    types += await timeCommand([bin('openapi-typescript'), `${provider}.json`, '-o', `out/${provider}.ts`], peers);
  }
  const orval = await timeCommand([bin('orval'), '--config', 'orval.config.mjs'], peers);
  // Without this check, a peer that failed half-way would seem fast.
  for (const provider of PROVIDERS)
    for (const kind of ['', '.zod', '.fetch']) await stat(join(peers, `out/${provider}${kind}.ts`));
  await rename(join(peers, 'out'), join(scratch, `out-${round}`));
  return { types, orval };
}

const times: Record<'first' | 'cold' | 'same' | 'comment' | 'one' | 'types' | 'orval' | 'empty', number[]> = {
  first: [],
  cold: [],
  same: [],
  comment: [],
  one: [],
  types: [],
  orval: [],
  empty: [],
};
let watched: Awaited<ReturnType<typeof timeWatch>> = new Map();
try {
  await makePeers();
  for (let round = 0; round < ROUNDS; round += 1) {
    times.first.push(await generateFirst(round));
    const workspace = await makeWorkspace(String(round));
    times.cold.push(await generate(workspace));
    const before = await readTimes(join(workspace, 'generated'));
    times.same.push(await generate(workspace));
    if ((await readTimes(join(workspace, 'generated'))) !== before)
      throw new Error('A no-change run moved a file time.');
    const spec = join(workspace, 'specs/dicey-fun/openapi.yaml');
    await appendFile(spec, `\n# round ${round}\n`);
    times.comment.push(await generate(workspace));
    const text = await readFile(spec, 'utf8');
    await writeFile(spec, text.replace('description: Your', `description: Round ${round}. Your`));
    times.one.push(await generate(workspace));
    const peer = await timePeers(round);
    times.types.push(peer.types);
    times.orval.push(peer.orval);
    times.empty.push(await timeCommand([process.execPath, '-e', '0'], workspace));
  }
  const workspace = join(scratch, 'workspace-0');
  watched = await timeWatch([...COMMAND, '--watch'], workspace, ['hive', 'plattr'], ROUNDS);
} finally {
  await rm(scratch, { recursive: true, force: true });
}

const [first, cold, same, comment, one, types, orval, empty] = [
  times.first,
  times.cold,
  times.same,
  times.comment,
  times.one,
  times.types,
  times.orval,
  times.empty,
].map(median) as [number, number, number, number, number, number, number, number];
console.log(`Medians of ${ROUNDS} rounds over ${PROVIDERS.length} providers, milliseconds:`);
console.log(`  first after an install ${first.toFixed(0)}, cold ${cold.toFixed(0)}, no change ${same.toFixed(0)}`);
console.log(`  one spec changed: a comment ${comment.toFixed(0)}, a description ${one.toFixed(0)}`);
console.log(`  openapi-typescript CLI ×5 ${types.toFixed(0)}, orval zod + fetch ${orval.toFixed(0)}`);
console.log(`  first after an install / the same peers ${(first / (types + orval)).toFixed(3)}`);
console.log(ratioLine('cold / (openapi-typescript + orval)', cold / (types + orval), { atMost: 0.6 }));
console.log(ratioLine('no change / cold', same / cold, { atMost: 0.15 }));
console.log(ratioLine('one spec changed / cold', one / cold, { atMost: 0.3 }));
// Ratios that hardly depend on the machine, beside times that do.
console.log(`  no change / an empty script of Node ${(same / empty).toFixed(2)}`);
for (const [provider, { wall, cpu }] of watched) {
  const ratio = (wall / cold).toFixed(3);
  console.log(
    `  --watch, ${provider}: written ${wall.toFixed(0)} ms after a save (${ratio} of cold), ${cpu.toFixed(0)} ms of the processor`,
  );
}
