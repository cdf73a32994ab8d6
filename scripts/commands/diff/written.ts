import type { FieldEncoding, ParameterDescriptor } from '@countersign/runtime/contract';
import { writeForm } from '../../../runtime/bodies/write-form.ts';
import { writeMultipart } from '../../../runtime/bodies/write-multipart.ts';
import { writeParameters as write } from '../../../runtime/client/whole-queries.ts';
import type { NormalSchema } from './normal-form.ts';

/** Every character that some setting escapes and another does not. */
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

/** Those of the characters that patterns let stand alone; all of them where none does. */
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

/** Lists and objects within others travel as JSON, whatever they hold. */
const DEEPEST = 2;

/** Values of a schema, as many as show how it is written. */
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
    // Two of each: what stands between the items of a list shows.
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

/** A file without a media type of its own. */
const FILE = new Uint8Array(1);

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
      // Such a value travels as it is, or not at all.
      if (parameter.style === 'cookie') return `${parameter.explode} ${JSON.stringify(value)}`;
      return write.cookies?.({ [parameter.name]: value }, [described]) ?? '';
    case 'querystring':
      return write.query(value as object, [described]);
    case 'query':
      return write.query({ [parameter.name]: value }, [described]);
  }
}

/** Whether a parameter of a schema looks the same on the wire as two contracts describe it, whatever words they use. */
export const writesAlike = (schema: NormalSchema, normalize: Normalize, before: Written, after: Written): boolean =>
  samplesOf(schema, normalize).every(
    (value) => parameterText(before, value) === parameterText({ ...after, name: before.name }, value),
  );

/** Fixed, so that two bodies differ by their parts alone. */
const BOUNDARY = '; boundary=boundary';

function fieldText(mediaType: string, encoding: FieldEncoding | undefined, value: unknown): unknown {
  const encodings = encoding && { field: encoding };
  if (!/^multipart\//i.test(mediaType)) return writeForm({ field: value }, encodings);
  const { chunks } = writeMultipart({ field: value }, `${mediaType}${BOUNDARY}`, encodings);
  return chunks.filter((chunk) => typeof chunk === 'string').join('');
}

/** Whether a property of a form or of multipart data does. */
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
    JSON.stringify(samples.map((value) => fieldText(mediaType, encoding, value)));
  // A header whose value the caller alone knows is in no text.
  return names(before) === names(after) && text(before) === text(after);
}
