import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { createMakeUp } from '../../runtime/mock/make-up.ts';
import { loadMockProvider } from '../../scripts/commands/mock/load-provider.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { DOCUMENTS } from '../../test/real/documents.ts';

/** The processor time of generated responses of public documents, in milliseconds. */
export type ResponseTimes = {
  readonly documents: number;
  readonly responses: number;
  /** The first time, which includes compiling the checks of every schema of the value. */
  readonly first: Slowest;
  /** The lower of two more times, each with another seed. The new values may use some schemas for the first time. */
  readonly again: Slowest;
  /** The share of responses that took more than 50 ms. */
  readonly over: number;
  /** The first time: how long other requests had to wait. */
  readonly held: Slowest;
  /** The share of responses that delayed others by more than 50 ms. */
  readonly heldOver: number;
};

type Slowest = { readonly ms: number; readonly of: string };

const LIMIT = 50;

/** Measures processor time, which excludes other programs on the machine. */
function timed(work: () => unknown): number {
  const begin = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1000;
}

/** The processor time of asynchronous work, and of its longest part that blocks other work. */
async function timedParts(work: () => Promise<unknown>): Promise<{ readonly ms: number; readonly longest: number }> {
  let isDone = false;
  let [ms, longest] = [0, 0];
  let last = process.cpuUsage();
  const done = work().finally(() => {
    isDone = true;
  });
  while (!isDone) {
    await new Promise((resolve) => setImmediate(resolve));
    const { user, system } = process.cpuUsage(last);
    last = process.cpuUsage();
    ms += (user + system) / 1000;
    longest = Math.max(longest, (user + system) / 1000);
  }
  await done;
  return { ms, longest };
}

/** Generates each declared response of each document by seed, so that no example replaces it. */
export async function measureResponses(): Promise<ResponseTimes> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-bench-responses-'));
  let [responses, over, heldOver] = [0, 0, 0];
  let first: Slowest = { ms: 0, of: '' };
  let [again, held] = [first, first];
  for (const { name, file } of DOCUMENTS) {
    await mkdir(join(folder, 'specs', name), { recursive: true });
    await cp(file, join(folder, 'specs', name, `openapi${extname(file)}`));
    const provider = await loadMockProvider(openWorkspace(folder), name);
    const makeUp = createMakeUp(provider);
    for (const operation of provider.operations)
      for (const answer of operation.responses) {
        if (answer.mediaType === undefined) continue;
        const of = `${name} ${operation.descriptor.id} ${answer.status}`;
        const { ms: begin, longest } = await timedParts(() => makeUp.async(operation, answer, 'seed'));
        const least = Math.min(...['a', 'b'].map((seed) => timed(() => makeUp(operation, answer, seed))));
        responses += 1;
        if (begin > LIMIT) over += 1;
        if (longest > LIMIT) heldOver += 1;
        if (longest > held.ms) held = { ms: longest, of };
        if (begin > first.ms) first = { ms: begin, of };
        if (least > again.ms) again = { ms: least, of };
      }
  }
  await rm(folder, { recursive: true });
  return {
    documents: DOCUMENTS.length,
    responses,
    first,
    again,
    over: over / responses,
    held,
    heldOver: heldOver / responses,
  };
}
