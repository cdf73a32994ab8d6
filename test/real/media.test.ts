import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Listening, listen } from '@countersign/runtime/server/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generate } from '../../scripts/generate.ts';
import { openWorkspace } from '../../scripts/workspace.ts';
import { MEDIA_DOCUMENT } from './media-document.ts';

type Call = (input?: object) => Promise<{ readonly data: unknown; readonly error: unknown }>;
type Input = { readonly body: never };

const folder = mkdtempSync(join(tmpdir(), 'countersign-media-'));
const seen = new Map<string, unknown>();
let listening: Listening;
let client: Readonly<Record<string, Call>>;

async function* count(): AsyncGenerator<{ readonly n: number }> {
  for (const n of [1, 2, 3]) yield { n };
}

const remember = (name: string, body: unknown): void => void seen.set(name, body);
const handlers = {
  upload: async ({ body }: Input) => ({ data: { size: (await (body as Blob).arrayBuffer()).byteLength } }),
  download: () => ({ data: new Uint8Array([137, 80, 78, 71]) }),
  sendForm: ({ body }: Input) => {
    remember('form', body);
    return { data: body };
  },
  sendParts: async ({ body }: Input) => {
    const { age, tags, picture } = body as { age: number; tags: string[]; picture: File };
    return { data: { age, tags, picture: await picture.text() } };
  },
  sendText: ({ body }: Input) => ({ data: `${body}!` }),
  listEvents: () => ({ data: count() }),
  listLines: () => ({ data: count() }),
};

beforeAll(async () => {
  symlinkSync(join(import.meta.dirname, '../../node_modules'), join(folder, 'node_modules'));
  mkdirSync(join(folder, 'specs/media'), { recursive: true });
  writeFileSync(join(folder, 'specs/media/openapi.json'), JSON.stringify(MEDIA_DOCUMENT));
  const workspace = openWorkspace(folder, { providers: { media: { lint: 'essential' } } });
  await generate({ ...workspace, cache: join(folder, 'cache') });
  const load = (name: string) => import(pathToFileURL(join(folder, `generated/media/src/${name}.ts`)).href);
  const [{ createMediaClient }, { createMediaServer }] = await Promise.all([load('index'), load('server')]);
  listening = await listen(createMediaServer({ handlers }));
  client = createMediaClient({ baseUrl: listening.url });
});
afterAll(async () => {
  await listening?.close();
  rmSync(folder, { recursive: true, force: true });
});

const call = async (name: string, input?: object): Promise<unknown> => {
  const { data, error } = (await client[name]?.(input)) ?? { data: undefined, error: `no ${name}` };
  expect(error).toBeUndefined();
  return data;
};

describe('a generated client and a generated server, over HTTP', () => {
  it('uploads bytes', async () => {
    expect(await call('upload', { body: new Uint8Array(100_000) })).toEqual({ size: 100_000 });
    expect(await call('upload', { body: new Blob(['abc']) })).toEqual({ size: 3 });
  });

  it('downloads a file', async () => {
    const data = (await call('download')) as Blob;
    expect(data.type).toBe('image/png');
    expect([...new Uint8Array(await data.arrayBuffer())]).toEqual([137, 80, 78, 71]);
  });

  it.each([[{ name: 'Ąż & =', age: 7, vip: true, tags: ['a', 'b'] }], [{ name: '12', age: -1, tags: ['1'] }]])(
    'sends a form whose members keep their types: %j',
    async (body) => {
      expect(await call('sendForm', { body })).toEqual(body);
      expect(seen.get('form')).toEqual(body);
    },
  );

  it('sends parts, a file among them', async () => {
    const picture = new File(['PNG'], 'a.png', { type: 'image/png' });
    const body = { name: 'x', age: 3, tags: ['only'], picture };
    expect(await call('sendParts', { body })).toEqual({ age: 3, tags: ['only'], picture: 'PNG' });
  });

  it('sends text', async () => {
    expect(await call('sendText', { body: 'é\n😀' })).toBe('é\n😀!');
  });

  it('streams events and lines', async () => {
    const events: unknown[] = [];
    for await (const event of (await call('listEvents')) as AsyncIterable<unknown>) events.push(event);
    expect(events).toEqual([1, 2, 3].map((n) => ({ event: 'message', data: `{"n":${n}}`, id: undefined })));
    const lines: unknown[] = [];
    for await (const line of (await call('listLines')) as AsyncIterable<unknown>) lines.push(line);
    expect(lines).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  });
});
