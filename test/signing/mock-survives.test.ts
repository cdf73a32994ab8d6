/** The mock and a server survive a signer that throws, and other providers continue. Real HTTP. */
import { createGateway, type MockProvider } from '@countersign/runtime/mock';
import { type Listening, listen } from '@countersign/runtime/server/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { documentOf, operation, providerOf, serverOf, signedBy } from '../receiving/support.ts';

const signer = (body: string): string => `import { defineSigner, fromBase64 } from '@countersign/runtime/signing';
const garbage = (text: string): boolean => fromBase64(text).length > 0;
const later = (): Promise<never> => new Promise((_done, fail) => setTimeout(() => fail(new Error('late')), 5));
export const signed = defineSigner({ stringToSign: () => '', sign: () => 'AAAA', ${body} });
`;
const SIGNERS = {
  throws: 'verify: (_, text) => garbage(text)',
  rejects: 'verify: async (_, text) => garbage(text)',
  'rejects-later': 'verify: (_, text) => new Promise((_done, fail) => setTimeout(() => fail(new Error(text)), 5))',
  'rejects-with-nothing': 'verify: () => Promise.reject()',
  'says-yes': "verify: () => 'yes' as never",
  'reads-the-body': 'verify: (_, __, { body }) => JSON.parse(new TextDecoder().decode(body)).a.b.c === 1',
  'throws-nothing': 'verify: () => { throw undefined; }',
  'throws-text': "verify: () => { throw 'no key'; }",
  'resolves-with-text': "verify: async () => 'yes' as never",
  'fills-the-stack':
    'verify: (...all) => { const deeper = (): boolean => deeper() && all.length > 0; return deeper(); }',
  'has-no-text-to-sign': 'stringToSign: ({ body }) => JSON.parse(new TextDecoder().decode(body)).a.b',
  'has-a-text-that-rejects': 'stringToSign: later',
  'cannot-sign': 'sign: () => { throw new Error("no key"); }',
  'signs-and-rejects-later': 'sign: later',
  'rejects-two': 'stringToSign: later, sign: later',
} as const;

let listening: Listening;
const servers = new Map<string, Listening>();
beforeAll(async () => {
  const document = documentOf({
    paths: { '/notify': { post: operation('notify', { security: [{ signed: [] }] }) } },
    ...signedBy('x-sign', {
      algorithm: 'custom',
      timestamp: { in: 'header', name: 'x-time', unit: 's', tolerance: 300 },
      credentials: { key: {} },
    }),
  });
  const providers: { name: string; load: () => Promise<MockProvider> }[] = [];
  for (const [name, body] of Object.entries(SIGNERS)) {
    const provider = await providerOf(document, { 'plugins/partner/signing.ts': signer(body) });
    providers.push({ name, load: async () => provider });
    const handlers = { notify: () => ({ data: { ok: true } }) };
    servers.set(name, await listen(serverOf(provider, { handlers, security: { signed: { key: 'k' } } })));
  }
  listening = await listen(createGateway({ providers }));
});
afterAll(async () => {
  for (const { close } of [listening, ...servers.values()]) await close();
});

const rejected: unknown[] = [];
process.on('unhandledRejection', (reason) => rejected.push(reason));

test.each(Object.keys(SIGNERS))('a signer that %s', async (name) => {
  for (const [signature, body] of [
    ['***', '{}'],
    ['%%%', '[]'],
    ['!', '{"a":null}'],
  ] as const) {
    const headers = {
      'content-type': 'application/json',
      'x-time': String(Math.floor(Date.now() / 1000)),
      'x-sign': signature,
    };
    for (const url of [`${listening.url}/${name}/notify`, `${servers.get(name)?.url}/notify`]) {
      const response = await fetch(url, { method: 'POST', headers, body });
      // The contract declares a 401 without content, so that the mock sends its reason in a header.
      const reason = (await response.text()) || response.headers.get('x-mock-rejection');
      expect([response.status, reason]).toEqual([401, expect.stringMatching(/./)]);
    }
  }
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(rejected).toEqual([]);
});
