import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ApiDescriptor, CredentialDescriptor } from '@countersign/runtime/contract';
import type { DemoCredential } from '../../../plugins/sandbox.ts';
import type { Workspace } from '../../config/workspace.ts';
import { credentialsOf } from '../mock/demo-credentials.ts';
import type { ServedProvider } from '../serve/describe.ts';
import type { FlowProvider } from './types.ts';

type Operations = Pick<FlowProvider, 'api' | 'operations'>;
type Plugins = Pick<FlowProvider, 'signers'>;

/** The path of a provider's flows. */
export const flowsFile = (workspace: Workspace, provider: string): string =>
  join(workspace.specs, provider, 'flows.arazzo.yaml');

/** The path of a provider's bundled document. */
export const documentFile = (workspace: Workspace, provider: string): string =>
  join(workspace.generated, provider, 'openapi.json');

/** Whether a provider has flows. */
export const hasFlows = (workspace: Workspace, provider: string): Promise<boolean> =>
  access(flowsFile(workspace, provider)).then(
    () => true,
    () => false,
  );

/** The generated code of a provider of a running sandbox, with the demo credentials by their names in the contract. */
export async function loadFlowProvider(workspace: Workspace, served: ServedProvider): Promise<FlowProvider> {
  const { provider, baseUrl, credentials } = served;
  const load = async <T>(file: string): Promise<T> =>
    (await import(pathToFileURL(join(workspace.generated, provider, 'src', file)).href)) as T;
  const [{ api, operations }, { signers }] = await Promise.all([
    load<Operations>('operations.ts'),
    load<Plugins>('plugins.ts'),
  ]);
  return { provider, api, operations, signers, credentials: nameCredentials(api, credentials), upstream: baseUrl };
}

/** `X-API-KEY`, `x-api-key` and `API key` are one name. */
const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** Demo credentials have readable names: that of the credential, or of its location. The first with a name counts. */
function nameCredentials(api: ApiDescriptor, shown: readonly DemoCredential[]): Readonly<Record<string, string>> {
  const find = ({ name, carriers }: CredentialDescriptor): DemoCredential | undefined => {
    const names = [name, ...carriers.map((carrier) => carrier.name)].map(plain);
    return shown.find((demo) => names.includes(plain(demo.name)));
  };
  return Object.fromEntries(
    credentialsOf(api).flatMap((descriptor) => {
      const demo = find(descriptor);
      return demo ? [[descriptor.name, demo.value] as const] : [];
    }),
  );
}
