import { essence, matchMediaType } from '../contract/index.ts';
import { convert, declaredFor } from './declared-for.ts';
import { type Decoded, judge } from './judge.ts';
import { readBody } from './read-body.ts';
import type { Outcome, Run } from './types.ts';

const decoder = /* @__PURE__ */ new TextDecoder();

/**
 * Decodes text. JSON is UTF-8 (RFC 8259, section 8.1) unless its sender states another charset. An unknown charset is
 * read as UTF-8.
 */
function textIn(bytes: Uint8Array<ArrayBuffer>, contentType: string): string {
  const charset = /charset="?([^";\s]+)/i.exec(contentType)?.[1];
  try {
    return (charset ? new TextDecoder(charset) : decoder).decode(bytes);
  } catch {
    return decoder.decode(bytes);
  }
}

function decode(bytes: Uint8Array<ArrayBuffer>, contentType: string): Pick<Decoded, 'value' | 'flaw' | 'text'> {
  if (!bytes.length) return { value: undefined, flaw: 'an empty body' };
  const text = textIn(bytes, contentType);
  try {
    return { value: JSON.parse(text), text };
  } catch {
    return { value: text, flaw: 'a body that is not JSON' };
  }
}

/** Reads a response once, decodes it by its media type, and evaluates it. */
export async function receive(run: Run, response: Response): Promise<Outcome> {
  const declared = declaredFor(run.operation, response.status);
  const [usual = ''] = declared?.content ?? [];
  const contentType = response.headers.get('content-type') || (usual.includes('*') ? '' : usual);
  const mediaType = essence(contentType);
  const type = matchMediaType(mediaType, declared?.content ?? []);
  for (const feature of run.ctx.features) {
    const outcome = feature[response.ok ? 'receive' : 'receiveFailure']?.(run, response, mediaType, type);
    if (outcome) return outcome;
  }
  let body = decode(await readBody(run, response), contentType);
  if (!response.ok && body.flaw && body.value && type)
    for (const { describe } of run.ctx.features) {
      const described = await describe?.(run, response, body.value as string, type);
      if (described !== undefined) body = { value: described };
    }
  const value = convert(run, body.value, declared, type, body.text);
  const outcome = judge(run, response, { ...body, value, type, declared });
  // Awaiting here takes two turns less than returning the promise.
  return outcome instanceof Promise ? await outcome : outcome;
}
