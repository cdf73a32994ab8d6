import type {
  ApiDescriptor,
  Code,
  OperationDescriptor,
  OperationValidators,
  PartsDescriptor,
} from '../contract/index.ts';
import type { Signers } from '../signing/index.ts';
import type { MockHint } from './memory/hint.ts';

/** One response of the document with its example, or without one (`name` is then undefined). */
export type DeclaredAnswer = {
  /** `200`, `4XX` or `default`. */
  readonly status: string;
  /** Of the response (OpenAPI 3.2). */
  readonly summary?: string;
  /** Undefined: declared without a body. */
  readonly mediaType: string | undefined;
  /** Of its schema in the document; undefined without a body. */
  readonly pointer: string | undefined;
  /** Of the example. */
  readonly name: string | undefined;
  readonly value: unknown;
  /** The code of the envelope, if the example's body contains one. */
  readonly code: Code | undefined;
  /** The provider does not document it. */
  readonly inferred: boolean;
};

/** The parts of a request as a caller passes them, from the document's examples. */
export type ExampleInput = {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly cookies?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  /** Of the body, where the contract lists several media types. Default: the first that it can be. */
  readonly contentType?: string;
};

/** Where the schemas of an operation's input are in the document. */
export type InputSchemas = {
  readonly parameters: readonly {
    readonly in: 'path' | 'query' | 'querystring' | 'header' | 'cookie';
    readonly name: string;
    readonly required: boolean;
    readonly pointer: string;
  }[];
  /** Media types of the body, as the contract lists them. */
  readonly body: readonly {
    readonly mediaType: string;
    readonly pointer: string;
    /** Of multipart data whose parts have a position. */
    readonly parts?: PartsDescriptor | undefined;
  }[];
};

/** One operation of the mock. */
export type MockOperation = {
  readonly descriptor: OperationDescriptor;
  /** Name of the method in the generated client. */
  readonly identifier: string;
  /** Key of the path item in the document; not the path on the wire. */
  readonly pathKey: string;
  readonly summary: string;
  readonly description: string;
  /** Whether the whole operation is inferred. Responses and parameters can also be inferred separately. */
  readonly inferred: boolean;
  /** The parameters that the provider does not document, by `<place> <name>`. */
  readonly inferredParameters: ReadonlySet<string>;
  readonly deprecated: boolean;
  readonly tags: readonly string[];
  readonly answers: readonly DeclaredAnswer[];
  /** By example name of the body; `default` if there is none. */
  readonly inputs: ReadonlyMap<string, ExampleInput>;
  readonly schemas: InputSchemas;
  /** The value of `x-cs-mock`. */
  readonly hint?: MockHint | undefined;
  readonly validators: OperationValidators;
};

/** The data of one provider in the mock. */
export type MockProvider = {
  readonly api: ApiDescriptor;
  readonly summary: string;
  /** `DiceyFun`, as in `createDiceyFunClient`. */
  readonly prefix: string;
  readonly operations: readonly MockOperation[];
  readonly signers: Signers;
  /** Demo credentials by name. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Bundled and expanded. */
  readonly document: object;
};
