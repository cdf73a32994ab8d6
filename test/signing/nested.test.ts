/** Nested values of a JSON body in a message, and encoded texts: what is signed, against node:crypto. */
import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { clientOf, contractOf, serverOf } from './scheme.ts';

const contractWith = (part: unknown) =>
  contractOf({
    algorithm: 'hmac-sha256',
    key: { credential: 'secret' },
    message: { parts: [part] },
    credentials: { secret: {} },
    replay: 'none',
  });

const ask = async (part: unknown, body: string | Uint8Array<ArrayBuffer>, message: string): Promise<number> => {
  const sign = createHmac('sha256', 's').update(message).digest('hex');
  const headers = { 'content-type': 'application/json', 'x-sign': sign };
  const sent = new Request('https://a.invalid/orders', { method: 'POST', headers, body });
  return (await serverOf(contractWith(part), { secret: 's' }).fetch(sent)).status;
};

const ORDER = '{"b": {"z":1, "a":["x", {"d":2,"c":"é"}]},"a":"1 2","n":null,"e":{},"l":[]}';

describe('nested values of properties', () => {
  test.each([
    ['raw', ORDER, 'a=1 2&b={"z":1, "a":["x", {"d":2,"c":"é"}]}&e={}&l=[]&n='],
    ['skip', ORDER, 'a=1 2&n='],
    ['sorted', ORDER, 'a=1 2&b={"a":["x",{"c":"é","d":2}],"z":1}&e={}&l=[]&n='],
    ['brackets', ORDER, 'a=1 2&b[a][0]=x&b[a][1][c]=é&b[a][1][d]=2&b[z]=1&n='],
    ['dots', ORDER, 'a=1 2&b.a.0=x&b.a.1.c=é&b.a.1.d=2&b.z=1&n='],
    ['brackets', '{"a":[[1,2],[3]],"b":true}', 'a[0][0]=1&a[0][1]=2&a[1][0]=3&b=true'],
    ['dots', '{"a.b":{"c":1},"a":{"b":2}}', 'a.b=2&a.b.c=1'],
    ['sorted', '{"a":{"10":1,"9":2,"é":3,"z":4}}', 'a={"10":1,"9":2,"z":4,"é":3}'],
    [
      'sorted',
      '{"a":{"n":12345678901234567890,"f":1.50,"s":"\\u00e9\\/"}}',
      'a={"f":1.50,"n":12345678901234567890,"s":"\\u00e9\\/"}',
    ],
    ['sorted', '{"a":[ ]  ,"b":[ {} , { } ]}', 'a=[]&b=[{},{}]'],
  ])('%s: %s', async (nested, body, message) => {
    const part = { members: { sort: 'name', nested } };
    expect(await ask(part, body, message)).toBe(200);
    const changed = [body.replace('"1 2"', '"7 2"'), body.replace(/[1-3]/, '7'), body.replace('[ ]', '[7]')].find(
      (text) => text !== body,
    );
    expect(await ask(part, changed ?? '', message)).toBe(401);
    const server = serverOf(contractWith(part), { secret: 's' });
    const { createOrder } = clientOf(contractWith(part), { secret: 's' }, (sent) => server.fetch(sent));
    expect((await createOrder({ query: {}, body: JSON.parse('{"b":{"y":[1,{"x":2}]}}') })).error).toBe(undefined);
  });

  test('`encode: raw` keeps the quotation marks of texts', async () => {
    const part = { members: { encode: 'raw', each: '{name}:{value}', join: ',' } };
    expect(await ask(part, '{"a":"x","n":null,"b":1}', '"a":"x","n":null,"b":1')).toBe(200);
  });

  test('a body that is nested too deeply is rejected', async () => {
    const deep = (levels: number): string => `{"a":${'['.repeat(levels)}${']'.repeat(levels)}}`;
    expect(await ask({ members: { nested: 'sorted' } }, deep(60), `a=${'['.repeat(60)}${']'.repeat(60)}`)).toBe(200);
    for (const nested of ['sorted', 'brackets', 'dots'])
      expect(await ask({ members: { nested } }, deep(50_000), '')).toBe(401);
  });
});

describe('an encoded part', () => {
  test.each([
    ['base64', 'a?é', 'YT/DqQ=='],
    ['base64', new Uint8Array([0xff, 0xfe, 0x00]), '//4A'],
    ['base64url', 'a?é>', 'YT_DqT4'],
    ['lower', '"AÉ"', '"aé"'],
    ['upper', '"aé"', '"AÉ"'],
    ['rfc3986', '"a b"', '%22a%20b%22'],
    ['sorted-json', '{"b":[{"z":1,"y":2}], "a":"x"}', '{"a":"x","b":[{"y":2,"z":1}]}'],
    ['sorted-json', ' [2, 1] ', '[2,1]'],
    ['sorted-json', '"text"', '"text"'],
    ['sorted-json', '', ''],
  ])('%s of %s', async (encode, body, message) => {
    const type = typeof body === 'string' && body !== '' && /^[\s{["]/.test(body) ? 'application/json' : 'text/plain';
    const part = { encode, of: 'body' };
    const sign = createHmac('sha256', 's').update(message).digest('hex');
    const sent = new Request('https://a.invalid/orders', {
      method: 'POST',
      headers: { 'content-type': type, 'x-sign': sign },
      body,
    });
    // The signature is correct, regardless of the contract's schema for the body.
    expect((await serverOf(contractWith(part), { secret: 's' }).fetch(sent)).status).not.toBe(401);
  });

  test.each(['lower', 'upper', 'rfc3986', 'form', 'path', 'sorted-json'])(
    '%s rejects bytes that are not UTF-8, because different ones would have one text',
    async (encode) => {
      const part = { encode, of: 'body' };
      for (const bytes of [
        [0x22, 0xff, 0x22],
        [0x22, 0xc0, 0x22],
        [0x22, 0x80, 0x22],
      ])
        for (const text of ['"\ufffd"', '%22%EF%BF%BD%22'])
          expect(await ask(part, new Uint8Array(bytes), text)).toBe(401);
    },
  );

  test('sorted JSON rejects a body that is not JSON', async () => {
    for (const body of ['{"a":1', '{a:1}', 'NaN'])
      expect(await ask({ encode: 'sorted-json', of: 'body' }, body, body)).toBe(401);
  });
});
