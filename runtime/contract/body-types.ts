/** The TypeScript types of bodies, by media type and type of the schema. This file contains only types. */

/** One event of `text/event-stream`. */
export type ServerSentEvent = {
  /** The name of the event: `message` if the provider states none. */
  readonly event: string;
  readonly data: string;
  /** The most recent id. */
  readonly id: string | undefined;
  /** Milliseconds to wait before reconnecting, as most recently stated. */
  readonly retry: number | undefined;
};

/** Bytes in any of the platform's types. */
export type Bytes = Blob | ArrayBuffer | ArrayBufferView | ReadableStream<Uint8Array>;

type JsonLines =
  | `application/${'' | 'x-'}${'jsonl' | 'ndjson' | 'jsonlines' | 'json-lines'}`
  | 'application/json-seq'
  | `${string}+json-seq`;

type Essence<M> = M extends `${infer E};${string}` ? Lowercase<E> : M extends string ? Lowercase<M> : never;

/** The kind of a media type, as `kindOf` distinguishes them. `any`: a range that includes JSON. */
type Kind<M extends string> = string extends M
  ? 'any'
  : M extends '*/*' | 'application/*'
    ? 'any'
    : M extends 'application/json' | 'text/json' | `${string}+json`
      ? 'json'
      : M extends 'text/event-stream'
        ? 'events'
        : M extends JsonLines
          ? 'lines'
          : M extends 'application/x-www-form-urlencoded'
            ? 'form'
            : M extends `multipart/${string}`
              ? 'multipart'
              : M extends `${string}${'/' | '+'}xml`
                ? 'xml'
                : M extends `${string}${'/' | '+'}yaml`
                  ? 'markup'
                  : M extends 'text/plain'
                    ? 'plain'
                    : M extends `text/${string}`
                      ? 'text'
                      : 'binary';

/** Text stays text if its schema allows it. Otherwise it represents a number, a boolean or null. */
type Text<T> = unknown extends T
  ? string
  : [Extract<T, string>] extends [never]
    ? T extends number | bigint | boolean | null
      ? T
      : string
    : T extends string
      ? T
      : string;

/** Plain text is JSON if only JSON matches its schema. */
type Plain<T> = unknown extends T
  ? string
  : [Extract<T, string | Blob>] extends [never]
    ? T
    : T extends string
      ? T
      : string;

/** Bytes that can be read once, as they arrive: a download, or an upload in a handler. */
export interface ByteStream extends AsyncIterable<Uint8Array<ArrayBuffer>> {
  /** The media type that the sender stated. */
  readonly type: string;
  /** Number of bytes, if known before the stream is read. */
  readonly size: number | undefined;
  /** The file name, if the sender stated one. */
  readonly name: string | undefined;
  /** Returns the bytes as they arrive, without a limit and without keeping them. They can be read once. */
  stream(): ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Loads all bytes into memory, as a file. On a server, at most `bodyLimit`. */
  blob(): Promise<Blob>;
  arrayBuffer(): Promise<ArrayBuffer>;
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
  /** Loads the bytes as text in UTF-8. */
  text(): Promise<string>;
}

/** Options of one part of a multipart body, in addition to its value. */
export type PartOptions = {
  /** The media type. Default: that of the contract, otherwise that of the file or of the type of the value. */
  readonly contentType?: string | undefined;
  /** The file name. Default: the file's own name. A part that is not a file has none. */
  readonly filename?: string | undefined;
  /** Headers of this part only. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
};

/** One part of a multipart body with its own options. Created by `part`. */
export type PartOf<T> = { readonly value: T; readonly options: PartOptions };

/** A property of a multipart body: its value or, for a file, bytes in any form, alone or as a part with options. */
type Field<V> = V extends Blob
  ? Bytes | PartOf<Bytes>
  : V extends readonly (infer Item)[]
    ? readonly Field<Item>[] | PartOf<V>
    : V | PartOf<V>;

/** Properties that are files may be bytes in any of the platform's forms. */
type Fields<T> = T extends readonly (infer Item)[]
  ? readonly Field<Item>[]
  : T extends object
    ? { [K in keyof T]: Field<T[K]> }
    : T;

/** Whether a multipart body is a readonly list: the contract has parts by position. */
type IsParts<T> = T extends readonly unknown[] ? (T extends unknown[] ? false : true) : false;

type PartFields<T> = { readonly [K in keyof T]: Field<T[K]> };

/**
 * The types of a body by its kind: those that a caller sends and receives, and those that a handler receives and
 * returns.
 */
type Values<T> = {
  any: { sent: T | Bytes; received: T; read: T; returned: T | Bytes };
  json: { sent: T; received: T; read: T; returned: T };
  /** If each event has a schema, the contract has a stream of events. */
  events: T extends AsyncIterable<infer Event>
    ? {
        sent: AsyncIterable<Event> | readonly Event[] | string | Bytes;
        received: AsyncIterable<Event>;
        read: AsyncIterable<Event>;
        returned: AsyncIterable<Event> | readonly Event[] | string | Bytes;
      }
    : {
        sent: string | Bytes;
        received: AsyncIterable<ServerSentEvent>;
        read: string;
        returned: AsyncIterable<unknown> | string | Bytes;
      };
  lines: {
    sent: AsyncIterable<T> | readonly T[] | string | Bytes;
    received: AsyncIterable<T>;
    read: AsyncIterable<T>;
    returned: AsyncIterable<T> | readonly T[] | string | Bytes;
  };
  form: { sent: T | URLSearchParams; received: Blob; read: T; returned: T };
  multipart: T extends AsyncIterable<infer Item>
    ? {
        sent: AsyncIterable<Field<Item>> | readonly Field<Item>[] | Bytes;
        received: AsyncIterable<Item>;
        read: AsyncIterable<Item>;
        returned: AsyncIterable<Field<Item>> | readonly Field<Item>[] | Bytes;
      }
    : IsParts<T> extends true
      ? { sent: PartFields<T> | Bytes; received: T; read: T; returned: PartFields<T> | Bytes }
      : { sent: Fields<T> | FormData; received: Blob; read: T; returned: FormData | Bytes };
  /** An object or a list that the schema describes; otherwise text. */
  xml: T extends string
    ? { sent: string | Bytes; received: string; read: string; returned: string | Bytes }
    : T extends object
      ? { sent: T | string | Bytes; received: T; read: T; returned: T | string | Bytes }
      : { sent: string | Bytes; received: string; read: string; returned: string | Bytes };
  markup: { sent: string | Bytes; received: string; read: string; returned: string | Bytes };
  text: { sent: T | Bytes; received: Text<T>; read: T; returned: Text<T> | Bytes };
  plain: { sent: T | Bytes; received: Plain<T>; read: T; returned: Plain<T> | Bytes };
  /** A handler may also return a stream of Node. */
  binary: {
    sent: string | Bytes;
    received: Blob;
    read: ByteStream;
    returned: string | Bytes | AsyncIterable<Uint8Array>;
  };
};

type IsUnion<T, Whole = T> = T extends unknown ? ([Whole] extends [T] ? false : true) : never;

type InRange<M> = M extends '*/*' ? string : M extends `${infer Type}/*` ? `${Type}/${string}` : M;

/** `contentType`, if a caller can select it: among several media types, or within a range. */
export type ContentTypePart<C> =
  IsUnion<keyof C> extends false
    ? keyof C extends `${string}/*`
      ? { readonly contentType?: InRange<keyof C> }
      : unknown
    : { readonly contentType?: InRange<keyof C> };

/** The kind of a body. A file is bytes, even if JSON or a range is declared, or if it is nullable: bytes have no null. */
type KindOf<M, T> =
  Kind<Essence<M>> extends 'any' | 'json'
    ? [Exclude<T, null>] extends [Blob]
      ? [Exclude<T, null>] extends [never]
        ? 'json'
        : 'binary'
      : Kind<Essence<M>>
    : Kind<Essence<M>>;

/** The type of a request or response body on one side. */
export type Content<C, Side extends 'sent' | 'received' | 'read' | 'returned'> = {
  [M in keyof C]: Values<C[M]>[KindOf<M, C[M]>][Side];
}[keyof C];
