/** The time of `serve` from spawning to listening, with every provider on an existing data folder. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProcess } from '../../test/sandbox/harness/index.ts';
import { median, ratioLine } from '../measure.ts';

const ROUNDS = 5;
/** Seconds. */
const LIMIT = 3;

/** @returns lines to print, each with its target */
export async function benchStart(): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-bench-'));
  try {
    const times: number[] = [];
    let providers = 0;
    for (let round = 0; round <= ROUNDS; round += 1) {
      const started = await startProcess({ providers: [], folder });
      providers = started.providers.length;
      times.push(started.startedIn / 1000);
      await started.stop();
    }
    const [first = 0, ...later] = times;
    return [
      `start of ${providers} providers on a new folder: ${first.toFixed(2)} s`,
      ratioLine(`start of ${providers} providers on an existing folder, in s`, median(later), { atMost: LIMIT }),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
