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
export type DeclaredResponse = {
  /** The declared status: `200`, `4XX` or `default`. */
  readonly status: string;
  /** The summary of the response (OpenAPI 3.2). */
  readonly summary?: string;
  /** The media type. Undefined if the response is declared without a body. */
  readonly mediaType: string | undefined;
  /** The pointer to the schema in the document. Undefined without a body. */
  readonly pointer: string | undefined;
  /** The name of the example. */
  readonly name: string | undefined;
  readonly value: unknown;
  /** The code of the envelope, if the example's body contains one. */
  readonly code: Code | undefined;
  /** Whether the provider does not document the response. */
  readonly inferred: boolean;
};

/** The parts of a request as a caller passes them, from the document's examples. */
export type ExampleInput = {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly cookies?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  /** The media type of the body, if the contract lists several. Default: the first one that fits. */
  readonly contentType?: string;
};

/** The locations of the schemas of an operation's input in the document. */
export type InputSchemas = {
  readonly parameters: readonly {
    readonly in: 'path' | 'query' | 'querystring' | 'header' | 'cookie';
    readonly name: string;
    readonly required: boolean;
    readonly pointer: string;
  }[];
  /** The media types of the body, in the order of the contract. */
  readonly body: readonly {
    readonly mediaType: string;
    readonly pointer: string;
    /** The parts, for multipart data whose parts have a position. */
    readonly parts?: PartsDescriptor | undefined;
  }[];
};

/** One operation of the mock. */
export type MockOperation = {
  readonly descriptor: OperationDescriptor;
  /** Name of the method in the generated client. */
  readonly identifier: string;
  /** The key of the path item in the document. It may differ from the path of requests. */
  readonly pathKey: string;
  readonly summary: string;
  readonly description: string;
  /** Whether the whole operation is inferred. Responses and parameters can also be inferred individually. */
  readonly inferred: boolean;
  /** The parameters that the provider does not document, by `<place> <name>`. */
  readonly inferredParameters: ReadonlySet<string>;
  readonly deprecated: boolean;
  readonly tags: readonly string[];
  readonly responses: readonly DeclaredResponse[];
  /** The inputs by the name of the body's example. The name is `default` if there is none. */
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
  /** The prefix of names: `DiceyFun`, as in `createDiceyFunClient`. */
  readonly prefix: string;
  readonly operations: readonly MockOperation[];
  readonly signers: Signers;
  /** The demo credentials, by name. */
  readonly credentials: Readonly<Record<string, string>>;
  /** The bundled and expanded document. */
  readonly document: object;
};
