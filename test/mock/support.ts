import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OperationValidators, Validator } from '@countersign/runtime/contract';
import { createGateway, type Gateway, type GatewayOptions, type MockProvider } from '@countersign/runtime/mock';
import { listen } from '@countersign/runtime/server/node';
import { fire as hive } from '../../plugins/hive/fire.ts';
import { fire as moonpacket } from '../../plugins/moonpacket/fire.ts';
import { createConsolePages } from '../../runtime/mock/console/pages.ts';
import { type SendOptions, send } from '../../runtime/mock/send.ts';
import { makeConsoleAssets } from '../../scripts/commands/mock/console-assets.ts';
import { loadMockProvider } from '../../scripts/commands/mock/load-provider.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';

export const PROVIDERS = ['dailyplay', 'dicey-fun', 'hive', 'moonpacket', 'plattr'] as const;

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const workspace = openWorkspace(root);

const loaded = new Map<string, Promise<MockProvider>>();

/** Each spec is read once for each test file. */
export function loadProvider(name: string): Promise<MockProvider> {
  const known = loaded.get(name) ?? loadMockProvider(workspace, name);
  loaded.set(name, known);
  return known;
}

export async function generatedValidators(name: string): Promise<Readonly<Record<string, OperationValidators>>> {
  const module = (await import(join(workspace.generated, name, 'src/validators.ts'))) as {
    readonly validators: Readonly<Record<string, OperationValidators>>;
  };
  return module.validators;
}

export type Started = {
  readonly url: string;
  readonly gateway: Gateway;
  readonly close: () => Promise<void>;
};

/** All five on a free loopback port. */
export async function startGateway(options: Partial<GatewayOptions> = {}): Promise<Started> {
  const gateway = createGateway({
    providers: PROVIDERS.map((name) => ({ name, load: () => loadProvider(name) })),
    ...options,
  });
  const { url, close } = await listen(gateway, { shutdownTimeout: 100 });
  return { url, gateway, close };
}

/** The same with the console at the root. */
export async function startConsole(options: Partial<GatewayOptions> = {}): Promise<Started> {
  const console: Started = await startGateway({
    ...options,
    pages: (gateway) =>
      createConsolePages({
        gateway,
        url: () => console.url,
        fires: { hive, moonpacket },
        stateful: options.shelf !== undefined,
        docs: false,
        atRoot: true,
        assets: makeConsoleAssets,
      }),
  });
  return console;
}

/** One call by the provider's client, over HTTP. */
export async function call(
  { url }: Pick<Started, 'url'>,
  name: string,
  operation: string,
  more: Partial<SendOptions> = {},
) {
  const provider = await loadProvider(name);
  const found = provider.operations.find(({ descriptor }) => descriptor.id === operation);
  const [input = {}] = found?.inputs.values() ?? [];
  const baseUrl = `${url}/${name}`;
  const sent = await send({
    provider,
    operation,
    input,
    baseUrl,
    fetch: (target, init) => fetch(target, init),
    ...(found?.descriptor.webhook && { endpoint: `${baseUrl}${found.descriptor.path}` }),
    ...more,
  });
  const { response } = sent;
  const body: unknown = response === undefined || response.body === '' ? undefined : parse(response.body);
  return { ...sent, status: response?.status, body };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The issues that a validator reports for a value; none if it is valid. */
export async function issuesOf(validator: Validator, value: unknown): Promise<readonly unknown[]> {
  return (await validator['~standard'].validate(value)).issues ?? [];
}
