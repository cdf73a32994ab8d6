/** Recipes written from the documents of providers, tested in both directions against node:crypto. */
import { createHash, createHmac, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Preset } from '../../scripts/commands/init/presets.ts';
import { checkSigning } from '../../scripts/model/signing/check.ts';
import type { Wire } from './independent.ts';
import { clientOf, contractOf, serverOf } from './scheme.ts';

export const NOW = Date.parse('2026-01-31T12:34:56Z');
export const hmac = (hash: string, key: string, message: string): Buffer =>
  createHmac(hash, key).update(message).digest();
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
export const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const pem = (type: 'spki' | 'pkcs8'): string =>
  String((type === 'spki' ? pair.publicKey : pair.privateKey).export({ format: 'pem', type }));

export type Stranger = {
  readonly place?: Partial<Pick<Preset, 'in' | 'name'>>;
  readonly signing: Preset['signing'];
  readonly request?: Preset['request'];
  readonly keys: Readonly<Record<string, string>>;
  /** The receiver's half of a key pair, if it differs. */
  readonly receiver?: unknown;
  /** The values in the document's example differ from those that our client generates. */
  readonly isOtherExample?: true;
  /** False where the document's signature does not cover the body. */
  readonly signsBody?: false;
  /** Sets headers, query and body of a request as the provider's document says. */
  readonly sign: (wire: Wire) => Wire;
};
export const body = (wire: Wire): string => wire.body.toString();
export const target = (wire: Wire): string => new URL(wire.url).pathname + new URL(wire.url).search;
export const withHeaders = (wire: Wire, headers: Record<string, string>): Wire => ({
  ...wire,
  headers: { ...wire.headers, ...headers },
});
export const SECONDS = String(NOW / 1000);
export const bodyMac =
  (hash: string, form: 'hex' | 'base64', name: string, prefix = '') =>
  (wire: Wire) =>
    withHeaders(wire, { [name]: prefix + hmac(hash, 's', body(wire)).toString(form) });
export const secret = { key: { credential: 'secret' }, credentials: { secret: {} } };

const exampleOf = ({ request = {} }: Stranger) => ({
  method: (request.method ?? 'post').toUpperCase(),
  query: request.query ?? { page: '1' },
  body: request.type === 'none' ? undefined : (request.body ?? { amount: 1250 }),
});
export const clock = { now: () => NOW };

/** The tests of each provider: its recipe, and both directions. */
export const testStrangers = (strangers: Readonly<Record<string, Stranger>>): void =>
  describe.each(Object.entries(strangers))('%s', (_, stranger) => {
    const contract = contractOf(stranger.signing, stranger.request, stranger.place);
    const server = serverOf(contract, stranger.receiver ?? stranger.keys, { clock: () => NOW });
    const ask = async ({ method, url, headers, body: bytes }: Wire): Promise<number> => {
      const request = new Request(url, { method, headers, ...(method !== 'GET' && { body: new Uint8Array(bytes) }) });
      return (await server.fetch(request)).status;
    };
    const { method, query, body: given } = exampleOf(stranger);
    const isForm = stranger.request?.type === 'form';
    const wire: Wire = {
      method,
      url: `https://shop.invalid/orders?${new URLSearchParams(query)}`,
      headers: given ? { 'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json' } : {},
      body: Buffer.from(
        given ? (isForm ? String(new URLSearchParams(given as Record<string, string>)) : JSON.stringify(given)) : '',
      ),
    };

    test('has a valid recipe', async () => {
      expect(await checkSigning(contract.api)).toEqual([]);
    });

    test('a server accepts what the document describes, and rejects changes', async () => {
      const signed = stranger.sign(wire);
      const changed = given
        ? { ...signed, body: Buffer.from(body(signed).replace('1250', '9250')) }
        : { ...signed, url: signed.url.replace(/(symbol|vnp_OrderInfo)=/, '$1=x') };
      expect([await ask(wire), await ask(signed)]).toEqual([401, 200]);
      if (stranger.signsBody !== false) expect(await ask(changed)).toBe(401);
    });

    test('a client sends what the server accepts', async () => {
      const { createOrder, sent } = clientOf(contract, stranger.keys, (request) => server.fetch(request), { clock });
      const { error } = await createOrder({ query, ...(given && { body: given }) });
      expect(error?.message).toBe(undefined);
      const [first] = sent;
      // Except for values that are new for each request, it equals the document's.
      const again = stranger.sign({ ...wire, url: `https://shop.invalid/orders?${new URLSearchParams(query)}` });
      const fixed = stranger.signing.nonce === undefined && stranger.signing.jwt === undefined;
      if (fixed && !stranger.isOtherExample && stranger.place?.in !== 'query')
        expect(first?.headers[(stranger.place?.name ?? '').toLowerCase()]?.replace(/, /g, ',')).toBe(
          again.headers[(stranger.place?.name ?? '').toLowerCase()],
        );
    });
  });
