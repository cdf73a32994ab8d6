/**
 * `npm run bench:fleet`: a hundred contracts of mixed size in one run. Memory stays bounded, the cores are busy, an
 * invalid contract does not stop the others, and four shards produce the same files as one run.
 */
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runMeasured } from '../large/run-measured.ts';
import { ratioLine } from '../measure.ts';

const COPIES = 100;
const SHARDS = 4;
const root = fileURLToPath(new URL('../../', import.meta.url));
const examples = join(root, 'node_modules/@readme/oas-examples');
/** From a kilobyte to megabytes. Large ones are rare. */
const SOURCES = [
  ...['petstore', 'webhooks', 'train-travel', 'security', 'schema-types'].map(
    (name) => `${examples}/3.1/json/${name}.json`,
  ),
  ...['discriminators', 'file-uploads', 'polymorphism', 'star-trek'].map((name) => `${examples}/3.0/json/${name}.json`),
];
const LARGE = join(root, 'node_modules/@gitbook/api/spec/openapi.json');

const scratch = await mkdtemp(join(tmpdir(), 'countersign-fleet-'));
const whole = join(scratch, 'whole');
const parts = join(scratch, 'parts');
const lines: string[] = [];
const tell = (line: string): void => {
  lines.push(line);
  console.log(line);
};

async function makeFleet(): Promise<void> {
  const providers: Record<string, object> = {};
  for (let copy = 0; copy < COPIES; copy += 1) {
    const name = `fleet-${String(copy).padStart(3, '0')}`;
    const source = copy % 25 === 24 ? LARGE : (SOURCES[copy % SOURCES.length] ?? LARGE);
    const document = JSON.parse(await readFile(source, 'utf8')) as { info: { description?: string } };
    // Makes all contracts different.
    document.info.description = name;
    providers[name] = { lint: 'essential' };
    await mkdir(join(whole, 'specs', name), { recursive: true });
    await writeFile(join(whole, 'specs', name, 'openapi.json'), JSON.stringify(document));
  }
  await mkdir(join(whole, 'specs/wrong'));
  await writeFile(join(whole, 'specs/wrong/openapi.yaml'), 'openapi: 3.1.1\ninfo: [');
  await writeFile(join(whole, 'countersign.config.ts'), `export default ${JSON.stringify({ providers })};\n`);
  await cp(whole, parts, { recursive: true });
}

/** Names and bytes of every file below a folder. */
async function hashOf(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const hash = createHash('sha256');
  for (const path of paths.sort()) hash.update(path.slice(folder.length)).update(await readFile(path));
  return hash.digest('hex');
}

const command = (...flags: readonly string[]): readonly string[] => [
  process.execPath,
  join(root, 'scripts/main.ts'),
  'generate',
  '--force',
  '--json',
  '--keep-going',
  ...flags,
];

try {
  await makeFleet();
  const all = await runMeasured(command(), whole, { mayFail: true });
  const made = (await readdir(join(whole, 'generated'))).length;
  tell(`${made} packages in ${all.time.toFixed(1)} s, ${(all.memory / 2 ** 20).toFixed(0)} MiB`);
  tell(ratioLine('packages made, one contract of the fleet being wrong', made, { atLeast: COPIES }));
  tell(ratioLine('peak memory, GiB', all.memory / 2 ** 30, { atMost: 1.5 }));
  const { ok, diagnostics } = JSON.parse(all.output.slice(all.output.indexOf('{'))) as {
    readonly ok: boolean;
    readonly diagnostics: readonly { readonly at: { readonly file: string } }[];
  };
  const told = !ok && diagnostics.every(({ at }) => at.file.includes('specs/wrong/'));
  tell(ratioLine('only the invalid contract is reported', told ? 1 : 0, { atLeast: 1 }));

  for (let index = 1; index <= SHARDS; index += 1) {
    const shard = await runMeasured(command('--shard', `${index}/${SHARDS}`), parts, { mayFail: true });
    tell(`shard ${index}/${SHARDS}: ${shard.time.toFixed(1)} s`);
  }
  const same = (await hashOf(join(whole, 'generated'))) === (await hashOf(join(parts, 'generated')));
  tell(ratioLine('shards make the same files', same ? 1 : 0, { atLeast: 1 }));

  const busy = await busyCores();
  tell(ratioLine(`cores busy, of ${availableParallelism()}`, busy, { atLeast: 0.75 * availableParallelism() }));
} finally {
  await rm(scratch, { recursive: true, force: true });
}
if (lines.some((line) => line.includes('NOT REACHED'))) process.exitCode = 1;

/** Processor time of one run divided by its wall time, from the shell's `times`. */
async function busyCores(): Promise<number> {
  const quoted = command()
    .map((word) => `'${word}'`)
    .join(' ');
  const run = await runMeasured(['bash', '-c', `TIMEFORMAT='%R %U %S'; time ${quoted} > /dev/null`], whole, {
    mayFail: true,
  });
  const [real = 1, user = 0, system = 0] = (run.output.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
  return (user + system) / real;
}
