/** Uploads and downloads a file of 1 GB. Measures the memory of client and server, each in its own process. */
import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const SIZE = Number(process.env.BYTES ?? 2 ** 30);
/** Limit of additional memory in MiB. */
const LIMIT = 64;
/** The memory that the platform itself needs, for comparison. */
const BY_FETCH = 'a stream down by fetch alone';
const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-bodies-'));
const path = join(folder, 'file');
writeFileSync(path, '');
truncateSync(path, SIZE);
const server = fork(join(import.meta.dirname, 'server.ts'), [String(SIZE), path]);

async function ask(): Promise<{ readonly more: number; readonly counted: number }> {
  const answer = once(server, 'message');
  server.send('peak');
  const [message] = await answer;
  return message;
}

try {
  const [{ url }] = await once(server, 'message');
  // One small transfer first: code that each side loads does not count for the file.
  await run(process.execPath, [join(import.meta.dirname, 'client.ts'), 'a stream up', url, '70000', path]);
  await ask();
  console.log(`${SIZE / 2 ** 20} MiB through client and server: MiB of memory more (limit ${LIMIT})`);
  let fine = true;
  for (const what of [BY_FETCH, 'a stream up', 'a file up', 'a file up in multipart', 'a stream down', 'a file down']) {
    const script = join(import.meta.dirname, 'client.ts');
    const child = await run(process.execPath, [script, what, url, String(SIZE), path]);
    const { more, counted } = await ask();
    const client = Number(child.stdout);
    if (what.includes(' up') && counted !== SIZE) throw new Error(`${what}: ${counted} bytes arrived`);
    console.log(`  ${what.padEnd(29)} client ${client.toFixed(0).padStart(4)}   server ${more.toFixed(0).padStart(4)}`);
    if (what !== BY_FETCH) fine &&= Math.max(client, more) <= LIMIT;
  }
  process.exitCode = fine ? 0 : 1;
} finally {
  server.kill();
  rmSync(folder, { recursive: true });
}
