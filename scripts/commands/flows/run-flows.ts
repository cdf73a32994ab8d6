import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { redact } from '../../../runtime/server/logger.ts';
import type { Workspace } from '../../config/workspace.ts';
import type { LoadedSandbox } from '../serve/load-sandboxes.ts';
import { startSandbox } from '../serve/start-sandbox.ts';
import { loadFlowProvider } from './load-provider.ts';
import { readResults } from './read-results.ts';
import { runRespect } from './run-respect.ts';
import { startProxy } from './start-proxy.ts';
import type { FlowResult } from './types.ts';

/**
 * Runs the flows of each provider against a sandbox in memory, through a proxy that signs; both end with the run. The sandbox
 * takes no settings from the environment, so that a run is the same everywhere.
 *
 * @param onStart called with each provider's name when its turn comes
 */
export async function runFlows(
  workspace: Workspace,
  sandboxes: readonly LoadedSandbox[],
  onStart: (provider: string) => void = () => {},
): Promise<readonly FlowResult[]> {
  const sandbox = await startSandbox({ sandboxes, environment: {}, logger: {} });
  // Requests that respect writes down have tokens in them: mkdtemp's folders are their owner's alone.
  const folder = await mkdtemp(join(tmpdir(), 'countersign-flows-'));
  try {
    const served = await sandbox.describe();
    const providers = await Promise.all(served.map((one) => loadFlowProvider(workspace, one)));
    const proxy = await startProxy(providers);
    try {
      const results: FlowResult[] = [];
      for (const provider of providers) {
        const { provider: name, credentials } = provider;
        onStart(name);
        const own = join(folder, name);
        await mkdir(own);
        const run = await runRespect(workspace, provider, own, `${proxy.url}/${name}`);
        results.push(...(redact(readResults(name, run), Object.values(credentials)) as readonly FlowResult[]));
      }
      return results;
    } finally {
      await proxy.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
    await sandbox.close();
  }
}
