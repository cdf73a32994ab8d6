import type { FieldEncoding, ParameterDescriptor } from '@countersign/runtime/contract';
import { writeForm } from '../../../runtime/bodies/write-form.ts';
import { writeMultipart } from '../../../runtime/bodies/write-multipart.ts';
import { writeNested } from '../../../runtime/bodies/write-parts.ts';
import { writeParameters as write } from '../../../runtime/client/whole-queries.ts';
import { isObject } from '../../common/document/pointer.ts';
import type { NormalSchema } from './normal-form.ts';

/** Every character that some settings escape and others do not. */
const TEXT = 'a b+c,d/e?f:g[h]@$;=|(é';

/** Values by JSON Schema type. */
const SCALARS: Readonly<Record<string, readonly unknown[]>> = {
  null: [],
  boolean: [true],
  integer: [12],
  number: [1.5],
  string: [TEXT],
};

/** Formats of texts without a character that any setting escapes. */
const PLAIN = new Set(['date', 'uuid']);

/** The characters that patterns allow; all of them if there is no pattern. */
function textsOf(patterns: readonly unknown[]): readonly string[] {
  const isRight = (text: string): boolean =>
    patterns.every((pattern) => {
      try {
        return new RegExp(String(pattern), 'u').test(text);
      } catch {
        return true;
      }
    });
  const right = [TEXT, ...TEXT].filter(isRight);
  return right.length > 0 ? right : [TEXT];
}

type Normalize = (holding: readonly unknown[]) => NormalSchema;

/** Nested lists and objects are sent as JSON, regardless of their content. */
const DEEPEST = 2;

/** Sample values of a schema, enough to show how it is serialized. */
function samplesOf(
  { types, values, items, properties, fixed }: NormalSchema,
  normalize: Normalize,
  depth = DEEPEST,
): unknown[] {
  if (values !== undefined) return values.filter((value) => value !== null);
  const formats = fixed.get('format') ?? [];
  if (depth === 0) return [1, TEXT];
  const within = (schemas: readonly unknown[]): unknown[] => samplesOf(normalize(schemas), normalize, depth - 1);
  return [...(types ?? [...Object.keys(SCALARS), 'array', 'object'])].flatMap((type): readonly unknown[] => {
    // Two items each, to show the separator of a list.
    if (type === 'array') return [[...within(items), ...within(items)]];
    if (type === 'string' && formats.some((format) => PLAIN.has(String(format)))) return ['2026-01-31'];
    if (type === 'string' && fixed.has('pattern')) return textsOf(fixed.get('pattern') ?? []);
    if (type !== 'object') return SCALARS[type] ?? [];
    const members = [...properties].map(([name, schemas]) => [name, within(schemas)[0]] as const);
    return [
      Object.fromEntries(
        members.length > 0
          ? members
          : [
              ['a', TEXT],
              ['b', 1],
            ],
      ),
    ];
  });
}

/** A file without its own media type. */
const FILE = new Uint8Array(1);

/** Characters that a style may use as delimiters, which it cannot escape then: few of them, then all. */
const DELIMITERS = [/[ |,]/g, /\W/g];

function without(delimiters: RegExp, value: unknown): unknown {
  if (typeof value === 'string') return value.replace(delimiters, '');
  if (Array.isArray(value)) return value.map((item) => without(delimiters, item));
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, without(delimiters, member)]))
    : value;
}

/** The text that a writer sends for a value. Some styles cannot send an item that contains their delimiter. */
function sent(write: (value: unknown) => unknown, value: unknown, [first, ...others] = DELIMITERS): unknown {
  try {
    return write(value);
  } catch {
    return ['rejected', ...(first === undefined ? [] : [sent(write, without(first, value), others)])];
  }
}

type Written = Pick<
  ParameterDescriptor,
  'in' | 'name' | 'style' | 'explode' | 'content' | 'allowReserved' | 'encodings'
>;

function parameterText(parameter: Written, value: unknown): string {
  const described = parameter as ParameterDescriptor;
  switch (parameter.in) {
    case 'path':
      return write.path(value, described);
    case 'header':
      return write.header(value, described);
    case 'cookie':
      // Such a value is sent unchanged, or not at all.
      if (parameter.style === 'cookie') return `${parameter.explode} ${JSON.stringify(value)}`;
      return write.cookies?.({ [parameter.name]: value }, [described]) ?? '';
    case 'querystring':
      return write.query(value as object, [described]);
    case 'query':
      return write.query({ [parameter.name]: value }, [described]);
  }
}

/** Whether a parameter looks the same on the wire in two contracts, even if they describe it differently. */
export const writesAlike = (schema: NormalSchema, normalize: Normalize, before: Written, after: Written): boolean =>
  samplesOf(schema, normalize).every(
    (value) =>
      JSON.stringify(sent((given) => parameterText(before, given), value)) ===
      JSON.stringify(sent((given) => parameterText({ ...after, name: before.name }, given), value)),
  );

/** Fixed, so that two bodies differ only in their parts. */
const BOUNDARY = '; boundary=boundary';

function fieldText(mediaType: string, encoding: FieldEncoding | undefined, value: unknown): unknown {
  const encodings = encoding && { field: encoding };
  if (!/^multipart\//i.test(mediaType)) return writeForm({ field: value }, encodings);
  const { chunks } = writeMultipart({ field: value }, `${mediaType}${BOUNDARY}`, encodings, { nested: writeNested });
  return chunks.filter((chunk) => typeof chunk === 'string').join('');
}

/** Whether a property of a form or of multipart data looks the same on the wire. */
export function travelsAlike(
  schema: NormalSchema,
  normalize: Normalize,
  mediaType: string,
  before: FieldEncoding | undefined,
  after: FieldEncoding | undefined,
): boolean {
  const names = (encoding: FieldEncoding | undefined) =>
    Object.keys(encoding?.headers ?? {})
      .sort()
      .join();
  const isBinary =
    schema.types === undefined || ['format', 'contentMediaType'].some((keyword) => schema.fixed.has(keyword));
  const isFile = /^multipart\//i.test(mediaType) && isBinary;
  const samples = [...samplesOf(schema, normalize), ...(isFile ? [FILE] : [])];
  const text = (encoding: FieldEncoding | undefined) =>
    JSON.stringify(samples.map((value) => sent((given) => fieldText(mediaType, encoding, given), value)));
  // The text does not contain a header whose value only the caller knows.
  return names(before) === names(after) && text(before) === text(after);
}
