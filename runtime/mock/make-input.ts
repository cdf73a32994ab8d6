import { type FieldEncodings, kindOf, own, type ParameterShape } from '../contract/index.ts';
import { createValueMaker, type ValueMaker } from '../values/index.ts';
import { propertiesOf } from '../values/properties.ts';
import { createSchemaSource } from '../values/schema-source.ts';
import { isSchemaObject, type Schema } from '../values/types.ts';
import { isValid } from './is-valid.ts';
import { toNamedPart, toParts } from './to-parts.ts';
import type { ExampleInput, MockOperation } from './types.ts';

/** Options of a generated input. */
export type MakeInputOptions = {
  /** The seed. Undefined: the input is always the same. */
  readonly seed?: string | undefined;
  /** The media type of the body, if the contract lists several. Default: the first one. */
  readonly mediaType?: string | undefined;
  /** Whether only required values are generated. Default false. */
  readonly minimal?: boolean;
};

/** Generates a whole valid input of an operation from its schemas. */
export type MakeInput = (
  operation: Pick<MockOperation, 'descriptor' | 'schemas' | 'validators'>,
  options?: MakeInputOptions,
) => ExampleInput;

const GROUPS = { path: 'path', query: 'query', header: 'headers', cookie: 'cookies' } as const;

/**
 * Generates inputs that the contract of a document accepts. @param document a bundled document, in which each `$ref`
 * begins with `#`
 */
export function createMakeInput(document: object): MakeInput {
  const make = createValueMaker(document);
  const { resolve, schemaAt } = createSchemaSource(document);

  return ({ descriptor, schemas, validators }, { seed, mediaType, minimal = false } = {}) => {
    // The owner of the data sends a webhook, so the webhook has the properties of a response.
    const direction: 'request' | 'response' = descriptor.webhook ? 'response' : 'request';
    const input: { -readonly [Part in keyof ExampleInput]: ExampleInput[Part] } = {};
    for (const [place, group] of Object.entries(GROUPS)) {
      const placed = schemas.parameters.filter((one) => one.in === place && (one.required || !minimal));
      if (placed.length === 0) continue;
      const schema = {
        type: 'object',
        properties: Object.fromEntries(
          placed.map(({ name, pointer }) => [name, sent(schemaAt(pointer) ?? true, resolve)]),
        ),
        required: placed.map(({ name }) => name),
      };
      const made = makeValid(make, {
        schema,
        direction,
        seed,
        minimal,
        validator: validators[group],
        isSent,
      }) as object;
      input[group] = { ...made };
    }
    const whole = schemas.parameters.find((one) => one.in === 'querystring' && (one.required || !minimal));
    if (whole) {
      const wanted = { schema: schemaAt(whole.pointer) ?? true, direction, seed, minimal, validator: validators.query };
      input.query = makeValid(make, { ...wanted, isSent: () => true }) as Record<string, unknown>;
    }
    const content = schemas.body.find((one) => mediaType === undefined || one.mediaType === mediaType);
    if (content) {
      const schema = schemaAt(content.pointer) ?? true;
      const kind = kindOf(content.mediaType);
      const validator = validators.body?.[content.mediaType];
      const body =
        kind === 'binary'
          ? file()
          : makeValid(make, { schema, direction, seed, minimal, validator, isSent: () => true });
      input.body = content.parts
        ? toParts(body, content.parts)
        : kind === 'multipart'
          ? withFiles(body, {
              schema,
              resolve,
              shape: own(descriptor.body?.shapes, content.mediaType),
              encodings: own(descriptor.body?.encodings, content.mediaType),
            })
          : isRow(kind, body)
            ? [body]
            : body;
      if (schemas.body.length > 1 && !content.mediaType.includes('*')) input.contentType = content.mediaType;
    }
    return input;
  };
}

/** Whether a body is one row. Rows, and events that each have a schema, are generated as a list. */
const isRow = (kind: string, body: unknown): boolean => kind === 'lines' || (kind === 'events' && isSchemaObject(body));

/** A parameter is sent even if its schema is `readOnly`, which only affects properties. */
function sent(schema: Schema, resolve: (ref: string) => Schema | undefined): Schema {
  if (!isSchemaObject(schema)) return schema;
  const { readOnly: _, $ref, ...rest } = schema;
  const target = typeof $ref === 'string' ? resolve($ref) : undefined;
  if (target === undefined)
    return schema['readOnly'] === true ? ($ref === undefined ? rest : { ...rest, $ref }) : schema;
  if (!isSchemaObject(target) || !isReadOnly(target, resolve)) return { ...rest, $ref };
  return Object.keys(rest).length === 0 ? sent(target, resolve) : { ...rest, allOf: [sent(target, resolve)] };
}

function isReadOnly(schema: Schema | undefined, resolve: (ref: string) => Schema | undefined, depth = 8): boolean {
  if (!isSchemaObject(schema) || depth === 0) return false;
  return (
    schema['readOnly'] === true ||
    (typeof schema['$ref'] === 'string' && isReadOnly(resolve(schema['$ref']), resolve, depth - 1))
  );
}

type Wanted = {
  readonly schema: Schema;
  readonly direction: 'request' | 'response';
  readonly seed: string | undefined;
  readonly minimal: boolean;
  readonly validator: MockOperation['validators']['path'];
  readonly isSent: (value: unknown) => boolean;
};

/** Whether a parameter is in the request. An empty list or object is not sent. */
const isSent = (value: unknown): boolean =>
  Object.values(value as object).every(
    (member) => typeof member !== 'object' || member === null || Object.keys(member).length > 0,
  );

function makeValid(
  make: ValueMaker,
  { schema, direction, seed, minimal, validator, isSent: travels }: Wanted,
): unknown {
  const isRight = (value: unknown): boolean => travels(value) && isValid(validator, value);
  return make({ schema, direction, seed, isValid: isRight, minimal }).value;
}

const file = (): Blob => new Blob(['The content of a file.'], { type: 'application/octet-stream' });

/** A multipart body with named parts. */
type Form = {
  readonly schema: Schema;
  readonly resolve: (ref: string) => Schema | undefined;
  readonly shape: ParameterShape | undefined;
  readonly encodings: FieldEncodings | undefined;
};

/** In multipart data, properties with bytes are sent as files. */
function withFiles(body: unknown, { schema, resolve, shape, encodings }: Form): unknown {
  if (!isSchemaObject(body)) return body;
  const members = propertiesOf(schema, resolve);
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      const encoding = own(encodings, name);
      const inner = shape?.kind === 'object' ? own(shape.properties, name) : undefined;
      if (inner && (encoding?.parts || encoding?.fields)) return [name, toNamedPart(value, inner, encoding)];
      const member = members.get(name);
      if (member === undefined) return [name, value];
      const list = Array.isArray(value) && isSchemaObject(member) ? (member['items'] as Schema | undefined) : undefined;
      if (list !== undefined && isBinary(list, resolve)) return [name, (value as unknown[]).map(file)];
      return [name, isBinary(member, resolve) ? file() : value];
    }),
  );
}

function isBinary(schema: Schema, resolve: (ref: string) => Schema | undefined): boolean {
  if (!isSchemaObject(schema)) return false;
  const { $ref, format, contentMediaType, contentEncoding, type } = schema;
  if (format === 'binary') return true;
  if (typeof contentMediaType === 'string' && contentEncoding === undefined && type === undefined)
    return kindOf(contentMediaType) === 'binary';
  const target = typeof $ref === 'string' ? resolve($ref) : undefined;
  return target !== undefined && target !== schema && isBinary(target, resolve);
}
