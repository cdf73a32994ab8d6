import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { clientOf, contractOf, serverOf } from './scheme.ts';

/** Values that a caller passes in place of the scheme's own, because the document declares them. */
const GIVEN = [
  {},
  { sign: 'x' },
  { ts: '1' },
  { sign: 'x', ts: '1' },
  { ts: '1', sign: 'x', page: '2' },
  { sign: '' },
] as const;

const signing = (place: 'query' | 'header') => ({
  algorithm: 'hmac-sha256',
  key: { credential: 'secret' },
  timestamp: { in: 'query', name: 'ts', unit: 's', tolerance: 300 },
  message: { join: '\n', parts: [{ query: { own: true, encode: 'raw' } }, 'body'] },
  credentials: { secret: {} },
  ...(place === 'header' && { signature: { in: 'header', name: 'X-Sign' } }),
});

describe.each(['query', 'header'] as const)('values that a caller passes in %s in place of the signature', (place) => {
  const contract = contractOf(signing(place), {}, place === 'query' ? { in: 'query', name: 'sign' } : {});

  test.each(GIVEN)('are replaced and not signed: %j', async (query) => {
    const server = serverOf(contract, { secret: 's' });
    const { createOrder, sent } = clientOf(contract, { secret: 's' }, (request) => server.fetch(request));
    const given = place === 'query' ? query : { ...query, sign: undefined };
    const headers = place === 'header' && 'sign' in query ? { 'X-Sign': query.sign } : {};
    expect(await createOrder({ query: given, headers, body: {} })).toMatchObject({ data: { ok: true } });
    const { searchParams, search } = new URL(sent[0]?.url ?? '');
    const made = place === 'query' ? searchParams.getAll('sign') : [sent[0]?.headers['x-sign']];
    const signed = search.slice(1).replace(/&?sign=[^&]*/, '');
    expect(made).toEqual([createHmac('sha256', 's').update(`${signed}\n{}`).digest('hex')]);
    expect(searchParams.getAll('ts')).toHaveLength(1);
  });
});
