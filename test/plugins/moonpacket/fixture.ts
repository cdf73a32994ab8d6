import type { Server } from '@countersign/runtime/server';
import type { Store } from '@countersign/runtime/store';
import { createMoonpacketClient } from '../../../generated/moonpacket/src/client.ts';
import { sandbox } from '../../../plugins/moonpacket/sandbox.ts';
import { hmacSha256Hex } from '../../../runtime/signing/index.ts';
import { openProvider, type ProviderOptions } from '../../sandbox/harness/index.ts';

export type Signed = {
  /** Without `?`; undefined: mode A. */
  readonly query?: string;
  readonly timestamp?: string;
  readonly nonce?: string;
  readonly apiKey?: string;
  readonly secret?: string;
  /** The text that is signed instead of the query. */
  readonly object?: unknown;
  /** Omitted from the request. */
  readonly without?: string;
};

export type Fixture = {
  readonly server: Server;
  readonly credentials: { readonly apiKey: string; readonly secret: string };
  readonly client: ReturnType<typeof createMoonpacketClient>;
  /** A request as moonpacket sends it, signed here and not by the plugin. */
  ask(signed?: Signed, platform?: unknown): Promise<Response>;
};

export const NOW = 1_798_000_000_000;
let nonces = 0;

export async function openMoonpacket(store: Store, options: ProviderOptions = {}): Promise<Fixture> {
  const clock = options.clock ?? (() => NOW);
  const { server, credentials: list } = await openProvider(store, 'moonpacket', sandbox, { ...options, clock });
  const credential = (name: string): string => list.find((entry) => entry.name === name)?.value ?? '';
  const credentials = { apiKey: credential('X-API-KEY'), secret: credential('secret') };
  const ask: Fixture['ask'] = async (signed = {}, platform) => {
    nonces += 1;
    const {
      query = '',
      timestamp = String(NOW),
      nonce = `nonce-${nonces}`,
      apiKey = credentials.apiKey,
      secret = credentials.secret,
      object = Object.fromEntries(new URLSearchParams(query)),
      without,
    } = signed;
    const signature = await hmacSha256Hex(secret, `${JSON.stringify(object)}${timestamp}${nonce}`);
    const headers = new Headers({
      'x-api-key': apiKey,
      'x-api-timestamp': timestamp,
      'x-api-nonce': nonce,
      'x-api-signature': signature,
    });
    if (without !== undefined) headers.delete(without);
    return server.fetch(new Request(`http://sandbox/check${query === '' ? '' : `?${query}`}`, { headers }), platform);
  };
  const client = createMoonpacketClient({
    baseUrl: 'http://sandbox',
    credentials,
    clock: { now: clock },
    fetch: async (url, init) => server.fetch(new Request(url, init)),
  });
  return { server, credentials, client, ask };
}
