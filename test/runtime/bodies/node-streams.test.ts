import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { createServer } from '../../../runtime/server/index.ts';
import { api, collectLog, operation, overBoth } from '../server/support.ts';

const CONTENT = ['application/pdf', 'text/csv', 'application/xml', 'image/*'];

async function* failing(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array([37]);
  throw new Error('the disk failed');
}

const streams: Readonly<Record<string, () => AsyncIterable<unknown>>> = {
  bytes: () => Readable.from([Buffer.from('%P'), Buffer.from('DF')]),
  texts: () => Readable.from(['%P', 'DF']),
  generator: async function* () {
    yield new TextEncoder().encode('%PDF');
  },
  empty: () => Readable.from([]),
  failing,
  objects: () => Readable.from([{ a: 1 }]),
};

const operationOf = (content: readonly string[], path: string) =>
  operation({
    id: path,
    method: 'GET',
    path: `/${path}/{kind}`,
    parameters: [
      {
        name: 'kind',
        in: 'path',
        required: true,
        style: 'simple',
        explode: false,
        shape: { kind: 'primitive', types: ['string'] },
      },
    ],
    responses: [{ status: '200', content }],
  });

const { logger, entries } = collectLog();
const handler = ({ path: { kind } }: { readonly path: { readonly kind: string } }) => ({ data: streams[kind]?.() });
const ids = CONTENT.map((_, at) => `only${at}`);
const server = createServer(
  {
    api: api(),
    operations: {
      ...Object.fromEntries(CONTENT.map((type, at) => [`only${at}`, operationOf([type], `only${at}`)])),
      several: operationOf(['application/json', 'application/pdf'], 'several'),
    },
    validators: {},
    signers: {},
  },
  { handlers: Object.fromEntries([...ids, 'several'].map((id) => [id, handler])) as never, logger },
);

test.each([...ids, 'several'].flatMap((id) => ['bytes', 'texts', 'generator'].map((kind) => [id, kind] as const)))(
  'a handler returns a stream of Node: %s %s',
  async (id, kind) => {
    await overBoth(server, async (ask) => {
      const response = await ask(`/${id}/${kind}`);
      expect([response.status, await response.text()]).toEqual([200, '%PDF']);
      if (id === 'several') expect(response.headers.get('content-type')).toBe('application/pdf');
    });
  },
);

test('an empty stream is an empty body', async () => {
  await overBoth(server, async (ask) => expect(await (await ask('/only0/empty')).text()).toBe(''));
});

test.each(['failing', 'objects'])('a stream that fails is logged and cut off: %s', async (kind) => {
  await overBoth(server, async (ask) => {
    entries.length = 0;
    await expect(ask(`/only0/${kind}`).then((response) => response.text())).rejects.toThrow();
    expect(entries.map(({ message }) => message)).toContain('a streamed response failed');
  });
});
