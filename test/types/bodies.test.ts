import type {
  ByteStream,
  Bytes,
  Data,
  DataByType,
  HandlerInput,
  HandlerResult,
  Input,
  PartOf,
  ServerSentEvent,
} from '@countersign/runtime/contract';
import { expectTypeOf, test } from 'vitest';
import type { AcceptingCall } from '../../runtime/client/index.ts';

/** The compiler checks this file; the tests pass as soon as it compiles. */

type Row = { n: number };
type Op<Content> = { responses: { 200: { content: Content } } };
type Sending<Content> = { requestBody: { content: Content }; responses: Record<never, never> };
type Enveloped = { readonly code: '/code'; readonly success: readonly [0]; readonly data: '/data' };
type Sent<Content> = Input<Sending<Content>> extends { readonly body: infer Body } ? Body : never;
type Read<Content> = HandlerInput<Sending<Content>> extends { readonly body: infer Body } ? Body : never;

test('the data that a caller receives', () => {
  expectTypeOf<Data<Op<{ 'application/json': Row }>>>().toEqualTypeOf<Row>();
  expectTypeOf<Data<Op<{ '*/*': Row }>>>().toEqualTypeOf<Row>();
  expectTypeOf<Data<Op<{ 'text/event-stream': string }>>>().toEqualTypeOf<AsyncIterable<ServerSentEvent>>();
  expectTypeOf<Data<Op<{ 'application/jsonl': Row }>>>().toEqualTypeOf<AsyncIterable<Row>>();
  expectTypeOf<Data<Op<{ 'application/x-ndjson; charset=utf-8': Row }>>>().toEqualTypeOf<AsyncIterable<Row>>();
  expectTypeOf<Data<Op<{ 'application/json-seq': Row }>>>().toEqualTypeOf<AsyncIterable<Row>>();
  expectTypeOf<Data<Op<{ 'text/plain': 'a' | 'b' }>>>().toEqualTypeOf<'a' | 'b'>();
  expectTypeOf<Data<Op<{ 'text/plain': number }>>>().toEqualTypeOf<number>();
  expectTypeOf<Data<Op<{ 'text/plain': boolean | null }>>>().toEqualTypeOf<boolean | null>();
  expectTypeOf<Data<Op<{ 'text/plain': string | number }>>>().toEqualTypeOf<string>();
  expectTypeOf<Data<Op<{ 'text/plain': unknown }>>>().toEqualTypeOf<string>();
  expectTypeOf<Data<Op<{ 'text/csv': Row }>>>().toEqualTypeOf<string>();
  expectTypeOf<Data<Op<{ 'text/plain': Row }>>>().toEqualTypeOf<Row>();
  expectTypeOf<Data<Op<{ 'text/plain': Row[]; 'text/json': Row[] }>>>().toEqualTypeOf<Row[]>();
  expectTypeOf<Data<Op<{ 'text/plain': Row; 'application/json': Row; 'text/json': Row }>>>().toEqualTypeOf<Row>();
  expectTypeOf<Data<Op<{ 'text/plain': Row | string }>>>().toEqualTypeOf<string>();
  expectTypeOf<Data<Op<{ 'text/plain': Blob }>>>().toEqualTypeOf<string>();
  expectTypeOf<Data<Op<{ 'application/xml': Row }>>>().toEqualTypeOf<Row>();
  expectTypeOf<Data<Op<{ 'application/xml': string }>>>().toEqualTypeOf<string>();
  expectTypeOf<Data<Op<{ 'application/xml': unknown }>>>().toEqualTypeOf<string>();
  expectTypeOf<Data<Op<{ 'application/yaml': Row }>>>().toEqualTypeOf<string>();
  expectTypeOf<Data<Op<{ 'application/pdf': string }>>>().toEqualTypeOf<Blob>();
  expectTypeOf<Data<Op<{ 'image/*': string }>>>().toEqualTypeOf<Blob>();
  expectTypeOf<Data<Op<{ '*/*': Blob }>>>().toEqualTypeOf<Blob>();
  expectTypeOf<Data<Op<{ 'application/json': Blob }>>>().toEqualTypeOf<Blob>();
  expectTypeOf<Data<Op<{ '*/*': Blob | null }>>>().toEqualTypeOf<Blob>();
  expectTypeOf<Data<Op<{ 'application/json': Blob | null }>>>().toEqualTypeOf<Blob>();
  expectTypeOf<Data<Op<{ 'application/json': null }>>>().toEqualTypeOf<null>();
  expectTypeOf<Data<Op<{ 'application/json': Row | null }>>>().toEqualTypeOf<Row | null>();
  expectTypeOf<Data<Op<{ '*/*': never }>>>().toEqualTypeOf<never>();
  expectTypeOf<Data<Op<{ 'multipart/form-data': Row }>>>().toEqualTypeOf<Blob>();
  expectTypeOf<Data<Op<{ 'application/json': Row; 'text/csv': string }>>>().toEqualTypeOf<Row | string>();
  expectTypeOf<Data<Op<{ 'application/json': { code: 0; data: Row } }>, Enveloped>>().toEqualTypeOf<Row>();
  expectTypeOf<Data<Op<{ 'application/pdf': string }>, Enveloped>>().toEqualTypeOf<Blob>();
});

test('the body that a caller sends, and a handler receives', () => {
  expectTypeOf<Sent<{ 'application/json': Row }>>().toEqualTypeOf<Row>();
  expectTypeOf<Sent<{ 'application/octet-stream': Blob }>>().toEqualTypeOf<string | Bytes>();
  expectTypeOf<Sent<{ '*/*': Blob }>>().toEqualTypeOf<string | Bytes>();
  expectTypeOf<Sent<{ 'application/json': Blob }>>().toEqualTypeOf<string | Bytes>();
  expectTypeOf<Sent<{ 'application/json': Blob | null }>>().toEqualTypeOf<string | Bytes>();
  expectTypeOf<Read<{ '*/*': Blob | null }>>().toEqualTypeOf<ByteStream>();
  expectTypeOf<Sent<{ 'text/plain': Row; 'application/json': Row }>>().toEqualTypeOf<Row | Bytes>();
  expectTypeOf<Read<{ 'text/plain': Row; 'application/json': Row }>>().toEqualTypeOf<Row>();
  expectTypeOf<Read<{ '*/*': Blob }>>().toEqualTypeOf<ByteStream>();
  expectTypeOf<Read<{ 'application/json': Blob }>>().toEqualTypeOf<ByteStream>();
  expectTypeOf<Read<{ 'application/json': { file: Blob } }>>().toEqualTypeOf<{ file: Blob }>();
  expectTypeOf<Sent<{ 'application/xml': Row }>>().toEqualTypeOf<Row | string | Bytes>();
  type Upload = { name: string; file?: Blob; files: Blob[] };
  type Sends = Sent<{ 'multipart/form-data': Upload }>;
  expectTypeOf<{ name: string; files: Blob[] }>().toExtend<Sends>();
  expectTypeOf<{ name: string; file: ReadableStream<Uint8Array>; files: Uint8Array[] }>().toExtend<Sends>();
  expectTypeOf<{ name: PartOf<string>; file: PartOf<Blob>; files: PartOf<Blob>[] }>().toExtend<Sends>();
  expectTypeOf<FormData>().toExtend<Sends>();
  expectTypeOf<{ name: number; files: Blob[] }>().not.toExtend<Sends>();
  expectTypeOf<{ name: string; files: string[] }>().not.toExtend<Sends>();
  expectTypeOf<Read<{ 'application/octet-stream': string }>>().toEqualTypeOf<ByteStream>();
  expectTypeOf<Read<{ 'application/jsonl': Row }>>().toEqualTypeOf<AsyncIterable<Row>>();
  expectTypeOf<AsyncGenerator<Row>>().toExtend<Sent<{ 'application/jsonl': Row }>>();
  expectTypeOf<Read<{ 'application/xml': Row }>>().toEqualTypeOf<Row>();
  expectTypeOf<Read<{ 'multipart/form-data': Row }>>().toEqualTypeOf<Row>();
});

test('a caller can select a media type if there are several', () => {
  type Of<I> = I extends { readonly body: unknown } ? I['contentType' & keyof I] : never;
  type Type<Content> = Of<Input<Sending<Content>>>;
  expectTypeOf<keyof Input<Sending<{ 'application/json': Row }>>>().toEqualTypeOf<'body'>();
  expectTypeOf<Type<{ 'application/json': Row; 'text/csv': string }>>().toEqualTypeOf<
    'application/json' | 'text/csv' | undefined
  >();
  expectTypeOf<Type<{ 'image/*': Blob }>>().toEqualTypeOf<`image/${string}` | undefined>();
});

test('the data that a caller receives, by its Accept header', () => {
  type ByType = DataByType<Op<{ 'application/json': Row; 'text/csv': string; 'application/pdf': string }>>;
  expectTypeOf<ByType>().toEqualTypeOf<{ 'application/json': Row; 'text/csv': string; 'application/pdf': Blob }>();
  type Read = AcceptingCall<{ query?: { a?: string } }, ByType>;
  const read: Read = (() => Object.assign(Promise.resolve({}), { orThrow: async () => ({}) })) as never;
  expectTypeOf(read()).resolves.toHaveProperty('data').toEqualTypeOf<Row | string | Blob | undefined>();
  expectTypeOf(read({ accept: 'text/csv' }))
    .resolves.toHaveProperty('data')
    .toEqualTypeOf<string | undefined>();
  expectTypeOf(read({ query: {}, accept: 'application/json' }).orThrow()).resolves.toEqualTypeOf<Row>();
  // @ts-expect-error Nothing else is declared.
  read({ accept: 'text/html' });
});

test('the responses that a handler can return', () => {
  type Given<Content> = Extract<
    HandlerResult<Op<Content>, { readonly code: 'status' }, never>,
    { readonly data: unknown }
  >['data'];
  expectTypeOf<AsyncGenerator<Row>>().toExtend<Given<{ 'application/jsonl': Row }>>();
  expectTypeOf<AsyncGenerator<ServerSentEvent>>().toExtend<Given<{ 'text/event-stream': string }>>();
  expectTypeOf<Uint8Array>().toExtend<Given<{ 'image/png': Blob }>>();
  expectTypeOf<ReadableStream<Uint8Array>>().toExtend<Given<{ 'image/png': Blob }>>();
  expectTypeOf<AsyncGenerator<string>>().not.toExtend<Given<{ 'application/jsonl': Row }>>();
});
