import type { ExampleInput, MockOperation, MockProvider } from '@countersign/runtime/mock';
import type { MakeInput } from '../../../runtime/mock/make-input.ts';
import { send } from '../../../runtime/mock/send.ts';
import { spoilValue } from '../../../runtime/values/make-invalid.ts';

/** A stored request that can be sent twice. */
export type Kept = {
  readonly what: string;
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: ArrayBuffer;
};

const BASE = 'http://contract.test';
/** Wrong values of each input. */
const SPOILED = 12;

/** The request that the provider's client sends for an input; undefined if it sends none. */
async function keep(
  provider: MockProvider,
  { descriptor }: MockOperation,
  input: ExampleInput,
  what: string,
): Promise<Kept | undefined> {
  let kept: Kept | undefined;
  await send({
    provider,
    operation: descriptor.id,
    input,
    baseUrl: BASE,
    ...(descriptor.webhook && { endpoint: BASE + descriptor.path }),
    fetch: async (url, init) => {
      const { method, headers } = new Request(url, { ...init, duplex: 'half' } as RequestInit);
      const body = await new Response(init.body ?? null).arrayBuffer();
      kept = { what, url, method, headers, body };
      return new Response(null, { status: 200 });
    },
  }).catch(() => undefined);
  return kept;
}

/** Valid requests of an operation by its client, in each of its media types. */
export async function* validRequests(
  provider: MockProvider,
  operation: MockOperation,
  makeInput: MakeInput,
  seeds: readonly (string | undefined)[],
): AsyncGenerator<Kept | string> {
  const types = operation.schemas.body.map(({ mediaType }) => mediaType);
  for (const mediaType of types.length > 0 ? types : [undefined])
    for (const seed of seeds)
      for (const minimal of [false, true]) {
        const what = `${operation.descriptor.id} ${mediaType ?? ''} ${seed ?? ''} ${minimal ? 'minimal' : 'full'}`;
        yield (await keep(provider, operation, makeInput(operation, { seed, mediaType, minimal }), what)) ?? what;
      }
}

/** The same requests, each with one error. */
export async function* spoiledRequests(
  provider: MockProvider,
  operation: MockOperation,
  makeInput: MakeInput,
  seed: string,
  most: number = SPOILED,
): AsyncGenerator<Kept> {
  const { id } = operation.descriptor;
  const types = operation.schemas.body.map(({ mediaType }) => mediaType);
  for (const mediaType of types.length > 0 ? types : [undefined]) {
    const input = makeInput(operation, { seed, mediaType });
    const parts = (['path', 'query', 'headers', 'cookies', 'body'] as const).filter(
      (part) => input[part] !== undefined,
    );
    for (const part of parts) {
      let count = 0;
      for (const value of spoilValue(input[part], `${seed} ${part}`)) {
        count += 1;
        if (count > most) break;
        const what = `${id} ${mediaType ?? ''}: ${part} ${JSON.stringify(value)?.slice(0, 200)}`;
        const wrong = await keep(provider, operation, { ...input, [part]: value }, what);
        if (wrong) yield wrong;
      }
    }
    const valid = await keep(provider, operation, input, `${id} ${mediaType ?? ''}`);
    if (valid) yield* spoiledBytes(valid);
  }
}

function* spoiledBytes(valid: Kept): Generator<Kept> {
  const bytes = new Uint8Array(valid.body);
  const typed = (type: string): Headers => {
    const headers = new Headers(valid.headers);
    headers.set('content-type', type);
    return headers;
  };
  if (valid.method === 'GET' || valid.method === 'HEAD' || bytes.length === 0) return;
  yield { ...valid, what: `${valid.what}: cut off`, body: bytes.slice(0, bytes.length >> 1).buffer };
  yield { ...valid, what: `${valid.what}: no body`, body: new ArrayBuffer(0) };
  yield { ...valid, what: `${valid.what}: as text/csv`, headers: typed('text/csv') };
  yield { ...valid, what: `${valid.what}: as JSON`, headers: typed('application/json') };
  yield { ...valid, what: `${valid.what}: as a form`, headers: typed('application/x-www-form-urlencoded') };
}

/** The request itself. */
export const toRequest = ({ url, method, headers, body }: Kept): Request =>
  new Request(url, { method, headers, ...(method !== 'GET' && method !== 'HEAD' && { body }) });
