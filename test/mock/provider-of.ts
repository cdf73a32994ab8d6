import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MockProvider } from '@countersign/runtime/mock';
import { loadMockProvider } from '../../scripts/commands/mock/load-provider.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';

/** The mock's provider for a document, from a workspace that is removed afterwards. */
export async function providerOf(document: object, name = 'pets'): Promise<MockProvider> {
  const root = await mkdtemp(join(tmpdir(), 'countersign-provider-'));
  await mkdir(join(root, 'specs', name), { recursive: true });
  await writeFile(join(root, 'specs', name, 'openapi.json'), JSON.stringify(document));
  const provider = await loadMockProvider(openWorkspace(root), name);
  await rm(root, { recursive: true, force: true });
  return provider;
}
