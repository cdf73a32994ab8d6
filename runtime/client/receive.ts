import { judge } from './judge.ts';
import { readBody } from './read-body.ts';
import type { Outcome, Run } from './run.ts';
import { isStream, streamOf } from './streams.ts';
import { declaredFor } from './validate.ts';

/** Media type without its parameters, in lower case. */
const mediaTypeOf = (headers: Headers): string =>
  (headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';

const isText = (type: string): boolean =>
  /^text\/|[/+]xml$|^application\/(x-www-form-urlencoded|javascript)$/.test(type);

function parseJson(text: string): { readonly kind: 'json' | 'text'; readonly value: unknown } {
  try {
    return { kind: 'json', value: JSON.parse(text) };
  } catch {
    return { kind: 'text', value: text };
  }
}

/** Reads an answer once, decodes it by its media type, and judges it. */
export async function receive(run: Run, response: Response): Promise<Outcome> {
  const declared = declaredFor(run.operation, response.status)?.content ?? [];
  const type = mediaTypeOf(response.headers) || (declared[0] ?? '');
  if (response.ok && isStream(type) && declared.includes(type)) return { data: streamOf(run, response, type) };
  const chunks = await readBody(run, response);
  const blob = new Blob(chunks);
  if (blob.size === 0) return judge(run, response, type, { kind: 'none' });
  const raw = response.ok && declared.includes(type) && !/[/+]json$/.test(type);
  if (raw && !isText(type)) return judge(run, response, type, { kind: 'binary', value: new Blob(chunks, { type }) });
  const text = new TextDecoder().decode(chunks.length === 1 ? chunks[0] : await blob.arrayBuffer());
  // A provider that says text/html and sends its JSON envelope is understood.
  return judge(run, response, type, raw ? { kind: 'text', value: text } : parseJson(text));
}
