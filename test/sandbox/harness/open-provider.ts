import type { Logger } from '@countersign/runtime/server';
import type { Store } from '@countersign/runtime/store';
import type { DemoCredential, Sandbox } from '../../../plugins/sandbox.ts';
import { type OpenedProvider, openProviders } from '../../../scripts/commands/serve/open-providers.ts';

export type ProviderOptions = {
  readonly clock?: () => number;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly logger?: Logger;
};

/** One provider's sandbox over a store, migrated and seeded, without a port: call `open.server.fetch`. */
export async function openProvider(
  store: Store,
  provider: string,
  sandbox: Sandbox,
  { clock = Date.now, environment = {}, logger = {} }: ProviderOptions = {},
): Promise<Omit<OpenedProvider['open'], 'credentials'> & { readonly credentials: readonly DemoCredential[] }> {
  const [opened] = await openProviders(store, { sandboxes: [{ provider, sandbox }], clock, environment, logger });
  if (opened === undefined) throw new Error(`${provider} was not opened`);
  return { ...opened.open, credentials: await opened.open.credentials() };
}
