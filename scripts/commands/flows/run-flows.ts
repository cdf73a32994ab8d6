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
 * Runs the flows of each provider against an in-memory sandbox, through a proxy that signs. Both end with the run. The
 * sandbox ignores the environment, so that a run is the same everywhere.
 *
 * @param onStart called with each provider's name when its run starts
 */
export async function runFlows(
  workspace: Workspace,
  sandboxes: readonly LoadedSandbox[],
  onStart: (provider: string) => void = () => {},
): Promise<readonly FlowResult[]> {
  const sandbox = await startSandbox({ sandboxes, environment: {}, logger: {} });
  // Files that respect writes contain tokens. Only their owner can read the folders of mkdtemp.
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
