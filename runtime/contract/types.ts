/**
 * Derives the types of callers and handlers from the types that openapi-typescript prints. This file contains only
 * types.
 */
import type { Bytes, Content, ContentTypePart } from './body-types.ts';
import type { Code, EnvelopeDescriptor, JsonPointer } from './descriptors.ts';
import type { Covered, Others } from './statuses.ts';

type Groups<Op> = Op extends { readonly parameters: infer P } ? P : Record<never, never>;
type Group<Op, K extends string> = K extends keyof Groups<Op> ? Exclude<Groups<Op>[K], undefined> : never;
type Without<T, Keys extends string> = [T] extends [never] ? never : [Keys] extends [never] ? T : Omit<T, Keys>;

/** Editors show the comment of a property even if its type comes from elsewhere. */
type Places = {
  /** Path parameters. */
  readonly path: unknown;
  /** Query parameters. */
  readonly query: unknown;
  /** Headers. Names are case-insensitive. */
  readonly headers: unknown;
  /** Cookies. */
  readonly cookies: unknown;
};

/** The part `{ name: T }`. It is optional if T has no required property, and absent if T is `never`. */
type Part<Name extends keyof Places, T> = [T] extends [never]
  ? unknown
  : keyof T extends never
    ? unknown
    : Record<never, never> extends T
      ? { readonly [N in keyof Pick<Places, Name>]?: T }
      : { readonly [N in keyof Pick<Places, Name>]: T };

type ContentOf<T, Side extends 'sent' | 'read'> = T extends { content: infer C } ? Content<C, Side> : never;
type TypePart<T, Side extends 'sent' | 'read'> = Side extends 'sent'
  ? T extends { content: infer C }
    ? ContentTypePart<C>
    : unknown
  : unknown;
type BodyPart<Op, Side extends 'sent' | 'read'> = Op extends { requestBody: infer B }
  ? [ContentOf<B, Side>] extends [never]
    ? unknown
    : {
        /** The request body. */
        readonly body: ContentOf<B, Side>;
      } & TypePart<B, Side>
  : Op extends { requestBody?: infer B }
    ? [ContentOf<NonNullable<B>, Side>] extends [never]
      ? unknown
      : {
          /** The request body. */
          readonly body?: ContentOf<NonNullable<B>, Side>;
        } & TypePart<NonNullable<B>, Side>
    : unknown;

type Flat<T> = { [K in keyof T]: T[K] };

/**
 * The input of a caller: `{ path, query, headers, cookies, body }`, each only if the operation has it. `Fixed` names
 * query parameters that dispatch sets, which the client sends itself.
 */
export type Input<Op, Fixed extends string = never> = Parts<Op, Fixed, 'sent'>;

type Parts<Op, Fixed extends string, Side extends 'sent' | 'read'> = Flat<
  Part<'path', Group<Op, 'path'>> &
    Part<'query', Without<Group<Op, 'query'>, Fixed>> &
    Part<'headers', Group<Op, 'header'>> &
    Part<'cookies', Group<Op, 'cookie'>> &
    BodyPart<Op, Side>
>;

/** The input of a handler: the same parts, each present. */
export type HandlerInput<Op, Fixed extends string = never> = Flat<{
  readonly [K in keyof Required<Parts<Op, Fixed, 'read'>>]-?: K extends 'body'
    ? Parts<Op, Fixed, 'read'>[K & keyof Parts<Op, Fixed, 'read'>]
    : NonNullable<Parts<Op, Fixed, 'read'>[K & keyof Parts<Op, Fixed, 'read'>]>;
}>;

type Responses<Op> = Op extends { readonly responses: infer R } ? R : never;
type SuccessStatus = 200 | 201 | 202 | 203 | 204 | 205 | 206 | 207 | 208 | 226 | '2XX';
/** Who uses the response: the caller, or the handler. */
type Side = 'received' | 'returned';
type BodyOf<R, As extends Side> = R extends { content: infer C } ? Content<C, As> : undefined;
type BodiesOf<Rs, S, As extends Side> = { [K in keyof Rs & S]: BodyOf<Rs[K], As> }[keyof Rs & S];
type SuccessBody<Op, As extends Side> = [keyof Responses<Op> & SuccessStatus] extends [never]
  ? BodiesOf<Responses<Op>, 'default', As>
  : BodiesOf<Responses<Op>, SuccessStatus, As>;

/** Bodies of the failures that an operation declares, by status. */
export type FailureBodies<Op> = {
  [S in Exclude<keyof Responses<Op>, SuccessStatus>]: BodyOf<Responses<Op>[S], 'received'>;
};

/** Bodies with a required or optional code. Undeclared bodies are unknown. */
type BodyWithCode<Body, P extends JsonPointer, C> = Body extends unknown
  ? unknown extends At<Body, P>
    ? never
    : C extends At<Body, P>
      ? Body
      : never
  : never;
type KnownBody<Body> = [Body] extends [never] ? unknown : Body;

/** Bodies of the failures of an operation, by their code; empty if the HTTP status is the code. */
export type CodeBodies<Op, E, Codes extends Code> = E extends { readonly code: infer P extends `/${string}` }
  ? { [C in Codes as `${C}`]: KnownBody<BodyWithCode<BodiesOf<Responses<Op>, keyof Responses<Op>, 'received'>, P, C>> }
  : Record<never, never>;

/** The type of the value at a pointer, if types describe it. */
export type At<T, P extends JsonPointer> = P extends ''
  ? T
  : P extends `/${infer K}/${infer Rest}`
    ? T extends unknown
      ? K extends keyof T
        ? At<NonNullable<T[K]>, `/${Rest}`>
        : unknown
      : never
    : P extends `/${infer K}`
      ? T extends unknown
        ? K extends keyof T
          ? T[K]
          : unknown
        : never
      : unknown;

/** The rows of a list at a pointer. */
export type RowOf<T, P extends JsonPointer> = At<T, P> extends readonly (infer Row)[] ? Row : unknown;

type WithCode<Body, P extends JsonPointer, Success> = P extends `/${infer K}`
  ? [Extract<Body, { [_ in K]: Success }>] extends [never]
    ? Body
    : Extract<Body, { [_ in K]: Success }>
  : Body;

type Judged<Body, E> = E extends { readonly code: 'status' }
  ? Body
  : E extends { readonly code: infer P extends string; readonly success: readonly (infer Success)[] }
    ? WithCode<Body, P, Success>
    : Body;

/** The data of a successful call: the success body of the envelope, at its `data` pointer. */
export type Data<Op, E = EnvelopeDescriptor> = DataOf<Op, E, 'received'>;

/** The media types of successful responses. */
type SuccessContent<Op> = [keyof Responses<Op> & SuccessStatus] extends [never]
  ? ContentMap<Responses<Op>['default' & keyof Responses<Op>]>
  : ContentMap<Responses<Op>[keyof Responses<Op> & SuccessStatus]>;
type ContentMap<R> = R extends { content: infer C } ? C : never;
type TypesOf<C> = C extends unknown ? keyof C & string : never;
type BodyAs<C, M, As extends Side> = C extends unknown ? (M extends keyof C ? Content<Pick<C, M>, As> : never) : never;

/** The data of a successful call, by the media type that its caller accepts. */
export type DataByType<Op, E = EnvelopeDescriptor> = {
  [M in TypesOf<SuccessContent<Op>>]: E extends { readonly data: infer P extends string }
    ? DataAt<Judged<BodyAs<SuccessContent<Op>, M, 'received'>, E>, P>
    : Judged<BodyAs<SuccessContent<Op>, M, 'received'>, E>;
};

type DataOf<Op, E, As extends Side> = E extends { readonly data: infer P extends string }
  ? DataAt<Judged<SuccessBody<Op, As>, E>, P>
  : Judged<SuccessBody<Op, As>, E>;

/** Texts, bytes and streams have no envelope, so they are the data. */
type DataAt<Body, P extends JsonPointer> = Body extends string | Bytes | AsyncIterable<unknown> ? Body : At<Body, P>;

type StatusOf<S> = S extends number ? S : S extends `${infer N extends number}` ? N : number;

/** Statuses without a body in HTTP that a range includes. */
type BodilessOf<S> = S extends '2XX'
  ? 204 | 205
  : S extends '3XX'
    ? 304
    : S extends 'default'
      ? 204 | 205 | 304
      : never;

/** The headers that a contract declares for a response, without undeclared ones. */
type DeclaredHeaders<R> = R extends { readonly headers: infer H }
  ? { readonly [N in keyof H as string extends N ? never : N]: H[N] }
  : Record<never, never>;

/** Status and headers of a call's response, discriminated by the status. */
export type StatusAndHeaders<Op> =
  | {
      [S in keyof Responses<Op>]: {
        readonly status: S extends 'default' ? Others<keyof Responses<Op>> : Covered<S, keyof Responses<Op>>;
        readonly headers: DeclaredHeaders<Responses<Op>[S]>;
      };
    }[keyof Responses<Op>]
  | { readonly status: undefined };

type HeaderValue = string | number | boolean | bigint | object | null | undefined;

/**
 * The headers of a response. Each item of a list is sent as a separate header, as Set-Cookie requires. Values are those
 * of the contract, or their text.
 */
type ResponseHeaders<Declared = Record<never, never>> = Readonly<Record<string, HeaderValue>> & {
  readonly [N in keyof Declared]?: Declared[N] | string | readonly string[];
};

type SuccessHeaders<Op> = [keyof Responses<Op> & SuccessStatus] extends [never]
  ? DeclaredHeaders<Responses<Op>['default' & keyof Responses<Op>]>
  : DeclaredHeaders<Responses<Op>[keyof Responses<Op> & SuccessStatus]>;

type Spelled<Status, Body, Headers = Record<never, never>> = {
  readonly status: Status;
  readonly headers?: ResponseHeaders<Headers>;
} & ([Body] extends [undefined] ? { readonly body?: undefined } : { readonly body: Body });

/** Any declared response in full: its status, whole body and headers. */
export type DeclaredResponse<Op> = {
  [S in keyof Responses<Op>]:
    | Spelled<StatusOf<S>, BodyOf<Responses<Op>[S], 'returned'>, DeclaredHeaders<Responses<Op>[S]>>
    | ([BodilessOf<S>] extends [never]
        ? never
        : Partial<Spelled<BodilessOf<S>, undefined>> & { readonly status: BodilessOf<S> });
}[keyof Responses<Op>];

/** The result of a handler: data, a declared failure, or a complete declared response. */
export type HandlerResult<Op, E, Codes extends Code> =
  | { readonly data: DataOf<Op, E, 'returned'>; readonly headers?: ResponseHeaders<SuccessHeaders<Op>> }
  | ([Codes] extends [never]
      ? never
      : {
          readonly error: { readonly code: Codes; readonly message?: string };
          readonly headers?: ResponseHeaders;
        })
  | DeclaredResponse<Op>;
