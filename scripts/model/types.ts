import type {
  ApiDescriptor,
  EventData,
  OperationDescriptor,
  ParameterDescriptor,
  PartsDescriptor,
  SecuritySchemeDescriptor,
} from '@countersign/runtime/contract';
import type { Vector } from '@countersign/runtime/signing';
import type { Position } from '../common/diagnostics/diagnostic.ts';

/** A JSON Schema 2020-12 of the expanded document: `true`, `false` or an object; `$ref`s point into that document. */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown };

/** The document after bundling and expanding: dispatch variants and webhooks are ordinary operations of `paths`. */
export type ExpandedDocument = {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string; readonly description?: string };
  readonly paths: { readonly [path: string]: { readonly [method: string]: unknown } };
  readonly components?: { readonly [kind: string]: { readonly [name: string]: unknown } };
  readonly [member: string]: unknown;
};

/** The TypeScript type of a 64-bit integer, unless it is a number. */
export type Int64 = 'bigint' | 'string';

/** The input of the emitters about one provider: plain data, which can be sent to another thread. */
export type ApiData = {
  /** Folder name, for example `dicey-fun`; a safe file and package name. */
  readonly provider: string;
  /** Name of its source file. */
  readonly specFile: 'openapi.yaml' | 'openapi.json';
  readonly descriptor: ApiDescriptor;
  /** The TypeScript type of 64-bit integers, unless they are numbers, by configuration. */
  readonly int64?: Int64;
  readonly summary: string;
  readonly description: string;
  readonly operations: readonly Operation[];
  readonly securitySchemes: readonly SecurityScheme[];
  /** By component name, in the document's order. */
  readonly schemas: ReadonlyMap<string, JsonSchema>;
  /** For libraries that need a document. */
  readonly document: ExpandedDocument;
};

/** The model of one contract, which every emitter reads. */
export type Api = ApiData & {
  /** Where a JSON Pointer of the expanded document was written. */
  readonly locate: (pointer: string) => Position;
};

/** One operation. Dispatch variants and webhooks are separate operations. */
export type Operation = {
  /** As the spec writes it. */
  readonly operationId: string;
  /** Its TypeScript identifier, safe and unique. */
  readonly identifier: string;
  /** JSON Pointer of the operation in the expanded document. */
  readonly pointer: string;
  readonly summary: string;
  readonly description: string;
  readonly deprecated: boolean;
  readonly inferred: boolean;
  readonly tags: readonly string[];
  readonly descriptor: OperationDescriptor;
  readonly parameters: readonly Parameter[];
  readonly body: Body | undefined;
  readonly responses: readonly Response[];
};

/** A parameter of an operation. */
export type Parameter = {
  readonly descriptor: ParameterDescriptor;
  readonly deprecated?: true;
  readonly pointer: string;
  readonly schema: JsonSchema;
  readonly description: string;
  /** The first example in the document; undefined if there is none. */
  readonly example: unknown;
};

/** The request body of an operation. */
export type Body = { readonly required: boolean; readonly content: readonly Content[] };

/** A response that an operation declares. */
export type Response = {
  /** `200`, `4XX` or `default`. */
  readonly status: string;
  readonly description: string;
  readonly content: readonly Content[];
  readonly headers: readonly {
    readonly name: string;
    readonly required: boolean;
    readonly schema: JsonSchema;
    readonly pointer: string;
    /** Properties of an object are written as `name=value`. */
    readonly explode?: true;
    /** The value is sent as JSON. */
    readonly json?: true;
  }[];
};

/** The schema and examples of one media type. */
export type Content = {
  readonly mediaType: string;
  readonly schema: JsonSchema;
  /** JSON Pointer of the schema in the expanded document. */
  readonly pointer: string;
  readonly examples: ReadonlyMap<string, unknown>;
  /** The schema is that of each server-sent event. The format of event data. */
  readonly events?: EventData;
  /** Of multipart whose parts have a position instead of a name. */
  readonly parts?: PartsDescriptor;
};

/** A security scheme of the contract. */
export type SecurityScheme = {
  readonly descriptor: SecuritySchemeDescriptor;
  readonly pointer: string;
  readonly description: string;
  readonly vectors: readonly SigningVector[];
};

/** A test vector of a signature scheme: a request and its expected signature. */
export type SigningVector = Vector & { readonly description?: string; readonly 'x-cs-source'?: string };

/** The output of an emitter. Paths are relative to `generated/<provider>/`, with `/`. */
export type File = {
  readonly path: string;
  readonly text: string;
  /** Already formatted (JSON, Markdown, printed by the compiler): the formatter skips it. */
  readonly formatted?: boolean;
};
