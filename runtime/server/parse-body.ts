import { kindOf, type ParameterShape } from '../contract/index.ts';
import { coerceMember } from './coerce.ts';
import { parseQuery } from './query.ts';

/** The bytes are not what their media type says. */
export class MalformedBody {
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
}

const strictText = new TextDecoder('utf-8', { fatal: true });

/**
 * Bytes as the value that a handler gets: JSON as data, forms as objects (files as `File`), text as a string, all else as
 * a `Blob`.
 * @param shape of a form's members; without it they are strings
 */
export function parseBody(
  bytes: Uint8Array,
  contentType: string,
  shape: ParameterShape | undefined,
): unknown | Promise<unknown> {
  switch (kindOf(contentType)) {
    case 'json':
      return parseJson(bytes);
    case 'form':
      return collect(parseQuery(new TextDecoder().decode(bytes)).pairs, shape);
    case 'multipart':
      return parseMultipart(bytes, contentType, shape);
    case 'text':
    case 'markup':
    case 'events':
    case 'lines':
      return parseText(bytes, contentType);
    case 'binary':
      return new Blob([new Uint8Array(bytes)], { type: contentType });
  }
}

export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(strictText.decode(bytes));
  } catch {
    // What the engine says may quote the body.
    return new MalformedBody('must be valid JSON');
  }
}

function parseText(bytes: Uint8Array, contentType: string): unknown {
  const charset = /;\s*charset="?([^";\s]+)/i.exec(contentType)?.[1];
  try {
    return new TextDecoder(charset ?? 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new MalformedBody('must be text in the encoding that Content-Type says');
  }
}

async function parseMultipart(
  bytes: Uint8Array,
  contentType: string,
  shape: ParameterShape | undefined,
): Promise<unknown> {
  try {
    const response = new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } });
    return collect(await readJsonParts(await response.formData(), shape), shape);
  } catch {
    return new MalformedBody('must be valid multipart data');
  }
}

/** Objects and lists travel in multipart data as parts of their own (OpenAPI 3.1, Encoding Object), which look like files. */
function readJsonParts(
  form: FormData,
  shape: ParameterShape | undefined,
): Promise<(readonly [string, string | File])[]> {
  return Promise.all(
    [...form].map(async ([name, value]) => {
      const kind = itemShape(shape, name)?.kind;
      const isJson = typeof value !== 'string' && (kind === 'object' || kind === 'array');
      return [name, isJson ? await value.text() : value] as const;
    }),
  );
}

/** Members of a form: a repeated name is a list, and so is one whose shape is an array. */
function collect<Value extends string | File>(
  entries: Iterable<readonly [name: string, value: Value]>,
  shape: ParameterShape | undefined,
): unknown {
  const members = new Map<string, unknown[]>();
  for (const [name, value] of entries) {
    const item = itemShape(shape, name);
    const typed = typeof value === 'string' && item ? coerceMember(value, item) : value;
    const known = members.get(name);
    if (known) known.push(typed);
    else members.set(name, [typed]);
  }
  return Object.fromEntries(
    [...members].map(([name, values]) => [
      name,
      values.length > 1 || memberShape(shape, name)?.kind === 'array' ? values : values[0],
    ]),
  );
}

function memberShape(shape: ParameterShape | undefined, name: string): ParameterShape | undefined {
  if (shape?.kind !== 'object') return undefined;
  return Object.hasOwn(shape.properties, name) ? shape.properties[name] : shape.rest;
}

/** What one entry of the name holds. */
function itemShape(shape: ParameterShape | undefined, name: string): ParameterShape | undefined {
  const own = memberShape(shape, name);
  return own?.kind === 'array' ? own.items : own;
}
