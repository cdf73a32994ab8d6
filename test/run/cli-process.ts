/**
 * Runs the command line repeatedly for `cli.ts`, so that the modules of the commands are loaded once. Each
 * message is a `Job`, each reply a `Ran`.
 */
import type { Job, Ran } from './cli.ts';

const { main } = await import('../../scripts/commands/cli/program.ts');
let revision = 0;
let out = '';
let err = '';
const collect = (take: (text: string) => void) =>
  ((chunk: string | Uint8Array, ...rest: readonly unknown[]) => {
    take(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
    const done = rest.at(-1);
    if (typeof done === 'function') done();
    return true;
  }) as typeof process.stdout.write;
process.stdout.write = collect((text) => {
  out += text;
});
process.stderr.write = collect((text) => {
  err += text;
});

async function run({ args, cwd, env }: Job): Promise<Ran> {
  process.chdir(cwd);
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
  Object.assign(process.env, env);
  process.argv.splice(2, Infinity, ...args);
  process.exitCode = undefined;
  out = '';
  err = '';
  await main(process.cwd(), revision);
  revision += 1;
  // The output of a thread arrives in the next turn of the event loop.
  await new Promise((resolve) => setImmediate(resolve));
  return { code: Number(process.exitCode ?? 0), out, err };
}

process.on('message', async (job: Job) => {
  const ran = await run(job);
  process.exitCode = undefined;
  process.chdir('/');
  process.send?.(ran);
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
