import { type Decoded, judge } from './judge.ts';
import { readBody } from './read-body.ts';
import type { Outcome, Run } from './run.ts';
import { declaredFor } from './validate.ts';

const isJson = (type: string): boolean => /[/+]json$/.test(type);

const decoder = /* @__PURE__ */ new TextDecoder();

function decode(bytes: Uint8Array<ArrayBuffer>, raw: boolean, type: string): Pick<Decoded, 'kind' | 'value'> {
  if (!bytes.length) return { kind: 'none', value: undefined };
  if (raw && !/^text\/|[/+]xml$/.test(type)) return { kind: 'raw', value: new Blob([bytes], { type }) };
  const value = decoder.decode(bytes);
  if (raw) return { kind: 'raw', value };
  try {
    return { kind: 'json', value: JSON.parse(value) };
  } catch {
    return { kind: 'bad', value };
  }
}

/** Reads an answer once, decodes it by its media type, and judges it. */
export async function receive(run: Run, response: Response): Promise<Outcome> {
  const declared = declaredFor(run.operation, response.status);
  const stated = (response.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase();
  const mediaType = stated || (declared?.content[0] ?? '');
  // Only a declared type is taken as it is: a provider that says text/html and sends its JSON is understood.
  const raw = response.ok && !isJson(mediaType) && declared?.content.includes(mediaType) === true;
  for (const { stream } of raw ? run.ctx.features : []) {
    const data = stream?.(run, response, mediaType);
    if (data) return { data };
  }
  const bytes = await readBody(run, response);
  const outcome = judge(run, response, { ...decode(bytes, raw, mediaType), mediaType, declared });
  // Awaited here, it costs two turns less than returned as a promise.
  return outcome instanceof Promise ? await outcome : outcome;
}
