import { type ApiDescriptor, kindOf, matchMediaType, own } from '../../contract/index.ts';
import { parseCookies } from '../../server/cookies.ts';
import { headerOf } from '../../server/header-of.ts';
import { compileParameter, type Sources } from '../../server/parameters.ts';
import { MalformedBody, parseBody } from '../../server/parse-body.ts';
import { parseQuery } from '../../server/query.ts';
import { reservedNames } from '../../server/reserved-names.ts';
import { createRouter } from '../../server/router.ts';
import { splitUrl } from '../../server/url.ts';
import { compileWholeQuery } from '../../server/whole-query.ts';
import type { Received } from '../exchange.ts';
import type { ExampleInput, MockOperation } from '../types.ts';

const GROUPS = { path: 'path', query: 'query', header: 'headers', cookie: 'cookies' } as const;

/**
 * Reads the input of a request, so that it can be signed and sent again. @param prefix the path under which the
 * provider is mounted
 */
export async function readInput(
  { descriptor }: MockOperation,
  api: ApiDescriptor,
  prefix: string,
  received: Received,
): Promise<ExampleInput> {
  const { parameters, path: template } = descriptor;
  const { path, query } = splitUrl(received.url, prefix);
  const sources: Sources = {
    path: createRouter([[template, true]]).find(path)?.values ?? {},
    query: parseQuery(query),
    header: (name) => headerOf(received.headers, name),
    queryText: query,
    cookies: parseCookies(received.headers.get('cookie')),
  };
  const reserved = reservedNames(descriptor, api);
  const input: Record<string, Record<string, unknown>> = {};
  for (const parameter of parameters) {
    if (parameter.in === 'querystring') {
      const whole = compileWholeQuery(parameter)(sources, []);
      if (whole !== undefined) input['query'] = whole as Record<string, unknown>;
      continue;
    }
    const place = parameter.in;
    const beside = parameters.filter((other) => other.in === place).map(({ name }) => name);
    const others = new Set([...beside, ...(place === 'query' || place === 'cookie' ? reserved[place] : [])]);
    const value = compileParameter(parameter, others)(sources, []);
    if (value === undefined) continue;
    const group = GROUPS[parameter.in];
    input[group] = { ...input[group], [parameter.name]: value };
  }
  const body = await readBody(descriptor, received);
  return body === undefined ? input : { ...input, ...body };
}

async function readBody({ body }: MockOperation['descriptor'], { bytes, headers }: Received) {
  if (!body || bytes === undefined || bytes.length === 0) return undefined;
  const given = headers.get('content-type') ?? body.content[0] ?? '';
  const type = matchMediaType(given, body.content) ?? body.content[0] ?? '';
  const contentType = type.includes('*') ? given : type;
  if (kindOf(given) === 'multipart') return { body: await readForm(bytes, given), contentType };
  if (kindOf(given) === 'binary') return { body: new Blob([new Uint8Array(bytes)], { type: given }), contentType };
  const described = { shape: own(body.shapes, type), encodings: own(body.encodings, type) };
  const value = await parseBody(bytes, given, described);
  // If an input cannot be read, the same text is sent again.
  return { body: value instanceof MalformedBody ? new TextDecoder().decode(bytes) : value, contentType };
}

/** Reads a form. Repeated names become a list. */
async function readForm(bytes: Uint8Array, type: string): Promise<Record<string, unknown>> {
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } })
    .formData()
    .catch(() => new FormData());
  const found = new Map<string, unknown[]>();
  for (const [name, value] of form) found.set(name, [...(found.get(name) ?? []), value]);
  return Object.fromEntries([...found].map(([name, values]) => [name, values.length === 1 ? values[0] : values]));
}
