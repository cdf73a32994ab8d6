import { openAsBlob } from 'node:fs';
import { bodies, type Call, createClient, media, type Streams } from '../../runtime/client/index.ts';
import type { ApiDescriptor, ByteStream, OperationDescriptor } from '../../runtime/contract/index.ts';
import { createServer } from '../../runtime/server/index.ts';

const faults = {
  invalid: 400,
  notFound: 404,
  methodNotAllowed: 405,
  tooLarge: 413,
  unsupportedMediaType: 415,
  rateLimited: 429,
  internal: 500,
  notImplemented: 501,
  timeout: 503,
};

const api: ApiDescriptor = {
  provider: 'files',
  title: 'Files',
  version: '1.0.0',
  baseUrl: '',
  envelope: { code: 'status', success: [], status: 200, ok: {}, failure: {}, errors: {}, faults },
  securitySchemes: {},
};

const BYTES = 'application/octet-stream';
const PARTS = 'multipart/form-data';
const operation = (given: Partial<OperationDescriptor> & { readonly id: string }): OperationDescriptor => ({
  method: 'POST',
  path: `/${given.id}`,
  parameters: [],
  responses: [{ status: '204', content: [] }],
  security: [],
  codes: [],
  enveloped: true,
  retry: 'never',
  ...given,
});

const operations = {
  up: operation({ id: 'up', body: { required: true, content: [BYTES] } }),
  parts: operation({
    id: 'parts',
    body: {
      required: true,
      content: [PARTS],
      shapes: { [PARTS]: { kind: 'object', properties: { file: { kind: 'file' } } } },
    },
  }),
  down: operation({ id: 'down', method: 'GET', responses: [{ status: '200', content: [BYTES] }] }),
  disk: operation({ id: 'disk', method: 'GET', responses: [{ status: '200', content: [BYTES] }] }),
};

type Calls = {
  readonly up: Call<{ readonly body: unknown }, undefined>;
  readonly parts: Call<{ readonly body: { readonly file: unknown } }, undefined>;
  readonly down: Call<object, Blob> & Streams<object, Error>;
  readonly disk: Call<object, Blob> & Streams<object, Error>;
};

export const fileClient = (baseUrl: string) =>
  createClient<Calls>({ api, operations, features: [media, bodies] }, { baseUrl, environment: {}, retry: false });

const drain = async (bytes: AsyncIterable<Uint8Array>): Promise<number> => {
  let size = 0;
  for await (const chunk of bytes) size += chunk.length;
  return size;
};

type Uploads = {
  readonly up: { readonly body: ByteStream };
  readonly parts: { readonly body: { readonly file: File } };
};

/** Accepts uploads and counts their bytes. Returns a number of bytes, or a file, as a download. */
export const fileServer = (size: number, path: string, count: (bytes: number) => void) =>
  createServer(
    { api, operations, validators: {}, signers: {} },
    {
      handlers: {
        up: async ({ body }: Uploads['up']) => {
          count(await drain(body));
          return { status: 204 };
        },
        parts: async ({ body }: Uploads['parts']) => {
          count(await drain(body.file.stream() as never));
          return { status: 204 };
        },
        down: () => ({ data: streamOf(size) }),
        disk: async () => ({ data: await openAsBlob(path) }),
      },
    },
  );

/** Bytes from one chunk, so that their source needs no memory. */
export function streamOf(size: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  const chunk = new Uint8Array(65_536);
  let left = size;
  return new ReadableStream(
    {
      pull(controller) {
        if (left <= 0) return controller.close();
        controller.enqueue(left < chunk.length ? chunk.subarray(0, left) : chunk);
        left -= chunk.length;
      },
    },
    { highWaterMark: 0 },
  );
}

export { drain };
