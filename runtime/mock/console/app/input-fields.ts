import type { ExampleInput } from '../../types.ts';
import type { BodyDetail, OperationDetail, PageFile, ParameterDetail } from './gateway-api.ts';

/** A field of a form: its text, or the selected files. */
export type FieldValue = string | readonly PageFile[];

/** The values of the form. */
export type Fields = {
  /** The parameters, by `<place> <name>`. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The body as text: JSON, XML or any other text format. */
  readonly text: string;
  /** The body as a form. */
  readonly form: Readonly<Record<string, FieldValue>>;
  /** The body as one file. */
  readonly file: PageFile | undefined;
};

const GROUPS = { path: 'path', query: 'query', header: 'headers', cookie: 'cookies' } as const;

/** The key of a parameter in the fields of the form. */
export const keyOf = ({ in: place, name }: Pick<ParameterDetail, 'in' | 'name'>): string => `${place} ${name}`;

/** The id of an element. Spaces are replaced, because they separate the ids in `aria-describedby`. */
export const idFor = (prefix: string, key: string): string => `${prefix}-${key.replace(/\s/g, '_')}`;

/** Whether the body is edited as fields. */
export const isForm = (body: BodyDetail | undefined): boolean => body?.kind === 'form' || body?.kind === 'multipart';

/** Returns text unchanged, and everything else as JSON. */
const show = (value: unknown): string =>
  value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

const isFile = (value: unknown): value is PageFile => typeof value === 'object' && value !== null && '$file' in value;

function showField(value: unknown): FieldValue {
  const items = Array.isArray(value) ? value : [value];
  return items.length > 0 && items.every(isFile) ? items : show(value);
}

/** The fields of the form, filled with an input. */
export function toFields({ parameters }: OperationDetail, body: BodyDetail | undefined, input: ExampleInput): Fields {
  const texts = parameters.map((parameter): [string, string] => {
    const group = input[GROUPS[parameter.in as keyof typeof GROUPS]];
    return [keyOf(parameter), show(group?.[parameter.name])];
  });
  const given = input.body;
  const members = isForm(body) && typeof given === 'object' && given !== null ? Object.entries(given) : [];
  return {
    parameters: Object.fromEntries(texts),
    text: given === undefined ? '' : body?.kind === 'json' ? JSON.stringify(given, undefined, 2) : show(given),
    form: Object.fromEntries(members.map(([name, value]) => [name, showField(value)])),
    file: isFile(given) ? given : undefined,
  };
}

/**
 * Reads the input from the fields of the form.
 * @throws {SyntaxError} if the body is not valid JSON
 */
export function toInput(detail: OperationDetail, body: BodyDetail | undefined, fields: Fields): ExampleInput {
  const input: Record<string, Record<string, unknown>> = {};
  for (const parameter of detail.parameters) {
    const text = fields.parameters[keyOf(parameter)] ?? '';
    if (text === '') continue;
    const group = GROUPS[parameter.in as keyof typeof GROUPS];
    input[group] = { ...input[group], [parameter.name]: readText(text, parameter.json) };
  }
  if (!body) return input;
  const value = readBody(body, fields);
  // A range such as `*/*` is not a media type that can be sent.
  const contentType = body.mediaType.includes('*') ? undefined : body.mediaType;
  return value === undefined ? input : { ...input, body: value, ...(contentType && { contentType }) };
}

function readBody(body: BodyDetail, fields: Fields): unknown {
  if (body.kind === 'binary') return fields.file ?? (fields.text === '' ? undefined : fields.text);
  if (isForm(body)) {
    const known = new Map(body.fields.map((field) => [field.name, field]));
    const entries = Object.entries(fields.form).flatMap(([name, value]) => {
      if (value === '' || value.length === 0) return [];
      const field = known.get(name);
      if (typeof value !== 'string') return [[name, field?.type.endsWith('[]') ? value : value[0]]];
      return [[name, readText(value, field?.json ?? false)]];
    });
    return entries.length === 0 ? undefined : Object.fromEntries(entries);
  }
  if (fields.text.trim() === '') return undefined;
  return body.kind === 'json' ? JSON.parse(fields.text) : fields.text;
}

/** A list or an object is written as JSON. Any other input stays text, as parameters are sent. */
function readText(text: string, isJson: boolean): unknown {
  if (!isJson && !/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
