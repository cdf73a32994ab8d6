import { isFilePart, type PartReader, partAt, partValue, readEachPart, throughStream } from '../bodies/index.ts';
import {
  kindOf,
  own,
  type ParameterShape,
  type PartDescriptor,
  type PartsDescriptor,
  setOwn,
} from '../contract/index.ts';
import { BodyTooLargeError } from './errors/index.ts';
import { errorContext } from './run.ts';
import type { Run } from './types.ts';

type Bytes = AsyncIterable<Uint8Array<ArrayBuffer>>;
type Head = Parameters<Parameters<typeof readEachPart>[2]>[0];

/** Reads the values of parts. `maxResponseBytes` limits each part, not the whole body. */
export const partValues = (
  run: Run,
  chunks: Bytes,
  contentType: string,
  parts: PartsDescriptor,
): AsyncGenerator<unknown> =>
  readEachPart(chunks, contentType, (head, place) => limited(run, readerOf(run, head, partAt(parts, place))));

function limited<T>(run: Run, { write, end }: PartReader<T>): PartReader<T> {
  const limit = run.ctx.options.maxResponseBytes ?? 2 ** 24;
  let size = 0;
  return {
    write: (chunk) => {
      size += chunk.length;
      if (size > limit) throw new BodyTooLargeError(limit, errorContext(run));
      return write(chunk);
    },
    end,
  };
}

/** Returns the reader of one part: a list or object of nested parts, a file, XML, JSON or text. */
function readerOf(run: Run, head: Head, described: PartDescriptor): PartReader<unknown> {
  const type = head.contentType || described.contentType || '';
  const { parts, fields, xml } = described;
  const kind = kindOf(type || 'text/plain');
  if (kind === 'multipart' && parts) return throughStream((chunks) => listOf(partValues(run, chunks, type, parts)));
  if (kind === 'multipart' && fields) return throughStream((chunks) => namedValues(run, chunks, type, described));
  const held: Uint8Array<ArrayBuffer>[] = [];
  return {
    write: (chunk) => void held.push(new Uint8Array(chunk)),
    end: async () => {
      if (isFilePart(head, described))
        return head.filename === undefined ? new Blob(held, { type }) : new File(held, head.filename, { type });
      const bytes = new Uint8Array(await new Blob(held).arrayBuffer());
      const value = partValue(bytes, head, described, await import('./part-text.ts'));
      const load = kind === 'markup' && xml && run.ctx.with.xml;
      if (!load || typeof value !== 'string') return value;
      const { readXml } = await load();
      try {
        return readXml(value, xml);
      } catch {
        // The validator then reports the value.
        return value;
      }
    },
  };
}

/**
 * Collects named parts in an object. A repeated name becomes a list, and so does a property that is declared as a list.
 */
async function namedValues(
  run: Run,
  chunks: Bytes,
  contentType: string,
  { shape, fields }: PartDescriptor,
): Promise<object> {
  const properties = shape.kind === 'object' ? shape.properties : {};
  const found = new Map<string, { readonly isList: boolean; readonly values: unknown[] }>();
  const all = readEachPart(chunks, contentType, (head, place) => {
    const name = head.name ?? Object.keys(properties)[place] ?? String(place);
    const shown: ParameterShape = own(properties, name) ??
      (shape.kind === 'object' ? shape.rest : undefined) ?? { kind: 'any' };
    const encoding = own(fields, name) ?? {};
    const isList = shown.kind === 'array' && !encoding.whole && kindOf(head.contentType || 'text/plain') !== 'json';
    const { write, end } = readerOf(run, head, {
      ...encoding,
      shape: shown.kind === 'array' && isList ? shown.items : shown,
    });
    return { write, end: async () => ({ name, isList, value: await end() }) };
  });
  for await (const { name, isList, value } of all) {
    const before = found.get(name);
    if (before) before.values.push(value);
    else found.set(name, { isList, values: [value] });
  }
  const object = {};
  for (const [name, { isList, values }] of found)
    setOwn(object, name, isList || values.length > 1 ? values : values[0]);
  return object;
}

/** All values of an iterable. */
export async function listOf(items: AsyncIterable<unknown>): Promise<unknown[]> {
  const list: unknown[] = [];
  for await (const item of items) list.push(item);
  return list;
}
