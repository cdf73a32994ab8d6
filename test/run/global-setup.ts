import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { seedOfTheDay } from './seed.ts';
import { shares } from './shares.ts';
import { limit } from './slowness.ts';

/**
 * Runs once per test run: prints the seed and the speed of the machine, and serves at `TEST_SHARED_URL` what test files
 * share. Each share is created when the first file needs it.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const seed = process.env.TEST_SEED ?? String(seedOfTheDay());
  process.env.TEST_SEED = seed;
  project.vitest.logger.log(
    `Seed of generated values: ${seed} (TEST_SEED=${seed} repeats them). Time limits: × ${limit(100) / 100}.`,
  );

  const made = new Map<string, ReturnType<(typeof shares)[string]>>();
  const server = createServer(async ({ url = '' }, response) => {
    const name = url.slice(1);
    const make = shares[name];
    try {
      if (!make) throw new Error(`No test shares ${name}.`);
      const share = made.get(name) ?? make();
      made.set(name, share);
      response.end((await share).value);
    } catch (error) {
      response.writeHead(500).end(error instanceof Error ? error.stack : String(error));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.env.TEST_SHARED_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return async () => {
    server.closeAllConnections();
    server.close();
    for (const share of made.values()) await (await share.catch(() => undefined))?.remove();
  };
}
