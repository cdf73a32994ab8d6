import { afterEach, expect, test, vi } from 'vitest';
import type { SignatureScheme } from '../../../runtime/contract/index.ts';
import { createServer } from '../../../runtime/server/index.ts';
import { fromHex, type Signer } from '../../../runtime/signing/index.ts';
import { api, collectLog, operation, overBoth, refusals } from './support.ts';

const scheme: SignatureScheme = {
  kind: 'signature',
  name: 'signed',
  signer: 'signed',
  algorithm: 'custom',
  signature: { in: 'header', name: 'sig' },
  credentials: [{ name: 'key', env: 'TEST_KEY', secret: true, carriers: [] }],
  replay: 'none',
  refusals,
};

const never = () => new Promise<never>(() => undefined);
const plain: Signer = { stringToSign: () => '', sign: () => '' };
const garbage: NonNullable<Signer['verify']> = (_, signature) => fromHex(signature).length > 0;
const unread = (): never => {
  throw new SyntaxError('Unexpected token');
};

const table: readonly (readonly [string, Signer])[] = [
  ['a verify that throws', { ...plain, verify: garbage }],
  ['a verify that returns a rejected promise', { ...plain, verify: async (...given) => garbage(...given) }],
  [
    'a verify that rejects after a delay',
    { ...plain, verify: (...given) => Promise.resolve().then(() => garbage(...given)) },
  ],
  ['a verify that returns undefined', { ...plain, verify: () => undefined as unknown as boolean }],
  ['a verify that does not return a boolean', { ...plain, verify: () => 'yes' as unknown as boolean }],
  ['a stringToSign that throws, with a verify', { ...plain, stringToSign: unread, verify: () => true }],
  ['a stringToSign that throws, without one', { ...plain, stringToSign: unread }],
  ['a sign that throws', { ...plain, sign: unread }],
  ['a sign that returns a rejected promise', { ...plain, sign: async () => unread() }],
];

function serverOf(signer: Signer, log: ReturnType<typeof collectLog>) {
  return createServer(
    {
      api: api({ securitySchemes: { signed: scheme } }),
      operations: { who: operation({ id: 'who', security: [['signed']] }) },
      validators: {},
      signers: { signed: signer },
    },
    {
      handlers: { who: () => ({ data: {} }) },
      environment: {},
      security: { signed: { key: 'k' } },
      logger: log.logger,
    },
  );
}

test.each(table)('%s rejects the request', async (_, signer) => {
  const log = collectLog();
  await overBoth(serverOf(signer, log), async (ask) => {
    const answer = await ask('/', { headers: { sig: 'zz' } });
    expect([answer.status, await answer.json()]).toEqual([401, { error: 'signature does not match' }]);
  });
  expect(log.entries.filter(({ level }) => level === 'error')).toEqual([]);
});

afterEach(() => void vi.useRealTimers());
test.each([
  ['verify', { ...plain, verify: never }],
  ['sign', { ...plain, sign: never }],
])('a %s that never settles rejects the request within 10 s', async (_, signer) => {
  const server = serverOf(signer, collectLog());
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const answer = server.fetch(new Request('http://a.invalid/', { headers: { sig: 'zz' } }));
  await vi.advanceTimersByTimeAsync(10_000);
  expect((await answer).status).toBe(401);
});
