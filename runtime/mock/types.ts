import type {
  ApiDescriptor,
  Code,
  OperationDescriptor,
  OperationValidators,
  PartsDescriptor,
} from '../contract/index.ts';
import type { Signers } from '../signing/index.ts';
import type { MockHint } from './memory/hint.ts';

/** One answer that the document shows by an example, or declares without one (`name` is then undefined). */
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
  /** Of the envelope, where the example's body holds one. */
  readonly code: Code | undefined;
  /** The provider's own document does not say it. */
  readonly inferred: boolean;
};

/** The parts of a request as a caller gives them, from the document's examples. */
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

/** One operation as the mock knows it. */
export type MockOperation = {
  readonly descriptor: OperationDescriptor;
  /** Name of the method in the generated client. */
  readonly identifier: string;
  /** Key of the path item in the document; not the path on the wire. */
  readonly pathKey: string;
  readonly summary: string;
  readonly description: string;
  /** All of it; answers and parameters may be by themselves. */
  readonly inferred: boolean;
  /** Of these parameters, by `<place> <name>`, the provider's own document does not speak. */
  readonly inferredParameters: ReadonlySet<string>;
  readonly deprecated: boolean;
  readonly tags: readonly string[];
  readonly answers: readonly DeclaredAnswer[];
  /** By example name of the body; `default` where there is none. */
  readonly inputs: ReadonlyMap<string, ExampleInput>;
  readonly schemas: InputSchemas;
  /** What `x-cs-mock` says of it. */
  readonly hint?: MockHint | undefined;
  readonly validators: OperationValidators;
};

/** All that the mock knows of one provider. */
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
