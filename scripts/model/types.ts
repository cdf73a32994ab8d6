import type {
  ApiDescriptor,
  EventData,
  OperationDescriptor,
  ParameterDescriptor,
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

/** What an integer of 64 bits is in TypeScript where it is no number. */
export type Int64 = 'bigint' | 'string';

/** All that the emitters know of one provider: plain data, which may be handed to another thread. */
export type ApiData = {
  /** Folder name, for example `dicey-fun`; already checked to be a safe file and package name. */
  readonly provider: string;
  /** Name of the file that it was made from. */
  readonly specFile: 'openapi.yaml' | 'openapi.json';
  readonly descriptor: ApiDescriptor;
  /** What integers of 64 bits are in TypeScript, where the configuration says that they are no numbers. */
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

/** The model of one contract: what every emitter reads. */
export type Api = ApiData & {
  /** Where a JSON Pointer of the expanded document was written. */
  readonly locate: (pointer: string) => Position;
};

/** One operation; dispatch variants and webhooks are operations of their own. */
export type Operation = {
  /** As the spec writes it. */
  readonly operationId: string;
  /** Safe, unique TypeScript identifier for it. */
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
  /** The first example that the document gives; undefined without. */
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
    /** Members of an object are `name=value`. */
    readonly explode?: true;
    /** The value travels as JSON. */
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
  /** The schema is that of each server-sent event; what the data of events is. */
  readonly events?: EventData;
};

/** A security scheme of the contract. */
export type SecurityScheme = {
  readonly descriptor: SecuritySchemeDescriptor;
  readonly pointer: string;
  readonly description: string;
  readonly vectors: readonly SigningVector[];
};

/** A test vector of a signature scheme: a request and the signature that it must have. */
export type SigningVector = Vector & { readonly description?: string; readonly 'x-cs-source'?: string };

/** What an emitter hands on. Paths are relative to `generated/<provider>/`, with `/`. */
export type File = {
  readonly path: string;
  readonly text: string;
  /** Already laid out (JSON, Markdown, printed by the compiler): the formatter leaves it alone. */
  readonly formatted?: boolean;
};
