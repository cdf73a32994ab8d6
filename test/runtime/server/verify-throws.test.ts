import { expect, test } from 'vitest';
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

const table: readonly (readonly [string, Signer['verify']])[] = [
  ['throws', (_, signature) => fromHex(signature).length > 0],
  ['rejects', async (_, signature) => fromHex(signature).length > 0],
  ['rejects later', (_, signature) => Promise.resolve().then(() => fromHex(signature).length > 0)],
  ['answers nothing', () => undefined as unknown as boolean],
  ['answers something that is no boolean', () => 'yes' as unknown as boolean],
];

test.each(table)('a verify that %s refuses the request', async (_, verify) => {
  const log = collectLog();
  const server = createServer(
    {
      api: api({ securitySchemes: { signed: scheme } }),
      operations: { who: operation({ id: 'who', security: [['signed']] }) },
      validators: {},
      signers: { signed: { stringToSign: () => '', sign: () => '', ...(verify && { verify }) } },
    },
    {
      handlers: { who: () => ({ data: {} }) },
      environment: {},
      security: { signed: { key: 'k' } },
      logger: log.logger,
    },
  );
  await overBoth(server, async (ask) => {
    const answer = await ask('/', { headers: { sig: 'zz' } });
    expect([answer.status, await answer.json()]).toEqual([401, { error: 'signature is wrong' }]);
  });
  expect(log.entries.filter(({ level }) => level === 'error')).toEqual([]);
});
