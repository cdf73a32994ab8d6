import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { MockOperation, MockProvider } from '@countersign/runtime/mock';
import type { Signer } from '@countersign/runtime/signing';
import { pascalCase } from '../../common/text/names.ts';
import { settingsOf, type Workspace } from '../../config/workspace.ts';
import { buildApi } from '../../model/index.ts';
import { asNode, asText, atPointer } from '../../model/reader.ts';
import type { Api } from '../../model/types.ts';
import { credentialsOf, loadDemoCredentials } from './demo-credentials.ts';
import { loadDocument } from './load-document.ts';
import { toMockOperations } from './operations.ts';

/**
 * The parts of a provider that the mock uses, from its spec without generated code.
 *
 * @throws {InputError} with the errors of the spec.
 */
export async function loadMockProvider(workspace: Workspace, provider: string): Promise<MockProvider> {
  const api = buildApi(await loadDocument(workspace, provider), provider);
  return {
    api: api.descriptor,
    summary: api.summary,
    prefix: pascalCase(provider),
    operations: toMockOperations(api, settingsOf(workspace, provider).formats) as readonly MockOperation[],
    signers: await loadSigners(workspace, api),
    credentials: loadDemoCredentials(workspace.root, api.descriptor, examplesOf(api)),
    document: api.document,
  };
}

let loads = 0;

/**
 * The provider's hand-written signers, by scheme. Loaded again each time, because they are edited while the mock runs.
 */
async function loadSigners(workspace: Workspace, api: Api): Promise<Readonly<Record<string, Signer>>> {
  const schemes = api.securitySchemes.flatMap(({ descriptor }) =>
    descriptor.kind === 'signature' ? [descriptor] : [],
  );
  const file = join(workspace.plugins, api.provider, 'signing.ts');
  if (schemes.length === 0 || !existsSync(file)) return {};
  loads += 1;
  const url = pathToFileURL(file).href;
  const exports = (await import(loads === 1 ? url : `${url}?${loads}`)) as Readonly<Record<string, Signer | undefined>>;
  return Object.fromEntries(
    schemes.flatMap(({ name, signer: exported }) => {
      const signer = exports[exported];
      // The server finds a signer by its scheme, the client by its export.
      return signer
        ? [
            [name, signer],
            [exported, signer],
          ]
        : [];
    }),
  );
}

/** The document's example of each credential. Demo values have its format. */
function examplesOf(api: Api): Readonly<Record<string, string | undefined>> {
  const shown = api.securitySchemes.flatMap(({ descriptor, pointer }) => {
    const scheme = asNode(atPointer(api.document, pointer));
    if (descriptor.kind === 'signature') {
      const credentials = asNode(asNode(scheme['x-cs-signing']).credentials);
      return Object.entries(credentials).map(([name, value]) => [name, asText(asNode(value).example)] as const);
    }
    if (!('credential' in descriptor)) return [];
    return [[descriptor.credential.name, asText(asNode(scheme['x-cs-credential']).example)] as const];
  });
  const names = new Set(credentialsOf(api.descriptor).map(({ name }) => name));
  return Object.fromEntries(shown.filter(([name]) => names.has(name)));
}
