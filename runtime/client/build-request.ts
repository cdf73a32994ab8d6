import createFetchClient from 'openapi-fetch';
import type { ParameterDescriptor } from '../contract/index.ts';
import { findBaseUrl } from './configuration.ts';
import { ConfigurationError, ValidationError } from './errors/index.ts';
import { errorContext, type Outcome, type Run } from './run.ts';
import { serializeBody } from './serialize-body.ts';
import { serializeCookies, serializeHeader, serializePathParameter, serializeQuery } from './serialize-parameters.ts';

/** What openapi-fetch has built. A `Request` would read the body's bytes away, and costs as much as sending it does. */
export class Draft {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string | Uint8Array<ArrayBuffer> | undefined;
  /** openapi-fetch copies members that a Request does not have. */
  declare readonly deliver: (draft: Draft) => Promise<void>;

  constructor(url: string, init: Pick<Draft, 'method' | 'headers' | 'body'>) {
    this.url = url;
    this.method = init.method;
    this.headers = init.headers;
    this.body = init.body;
  }
}

type Build = (method: string, url: string, init: Record<string, unknown>) => Promise<unknown>;

/** openapi-fetch with our transport as its `fetch`. The outcome goes round it: it knows nothing of envelopes. */
const build: Build = /* @__PURE__ */ createFetchClient<Record<string, never>>({
  Request: Draft as unknown as typeof Request,
  fetch: async (request) => {
    const draft = request as unknown as Draft;
    await draft.deliver(draft);
    return new Response(null, { status: 204 });
  },
}).request as never;

const refuse = (run: Run, pointer: string, value: unknown, message: string) =>
  new ValidationError('input', [{ pointer, type: typeof value, message }], errorContext(run));

function pathSerializer(run: Run, url: string, values: Readonly<Record<string, unknown>>): string {
  let result = url;
  for (const parameter of run.operation.parameters) {
    if (parameter.in !== 'path') continue;
    const value = values[parameter.name];
    const text = value === undefined || value === null ? '' : serializePathParameter(value, parameter);
    // An empty segment, `.` or `..` would make it another operation's URL.
    if (/^\.{0,2}$/.test(text)) throw refuse(run, `/path/${parameter.name}`, value, 'cannot be a segment of a path');
    result = result.replaceAll(`{${parameter.name}}`, () => text);
  }
  return result;
}

function headersOf(run: Run): Record<string, string> {
  const { ctx, operation, input, options } = run;
  const accept = [...new Set(operation.responses.flatMap(({ content }) => content))].join(', ');
  const headers: Record<string, string> = { accept: accept || 'application/json', ...ctx.options.headers };
  for (const [name, value] of Object.entries(input.headers ?? {})) {
    if (value === undefined || value === null) continue;
    const isIt = (p: ParameterDescriptor) => p.in === 'header' && p.name.toLowerCase() === name.toLowerCase();
    const text = serializeHeader(value, operation.parameters.find(isIt) ?? { style: 'simple', explode: false });
    // The engine's own error would quote the value.
    if (/[^\t\x20-\xff]/.test(text)) throw refuse(run, `/headers/${name}`, value, 'cannot travel in a header');
    headers[name.toLowerCase()] = text;
  }
  const cookies = serializeCookies(input.cookies ?? {}, operation.parameters);
  if (cookies) headers.cookie = cookies;
  return Object.assign(headers, options.headers);
}

/** Where to: URL without its query, and the query that it brings along. */
function targetOf({ ctx, operation, options }: Run): readonly [url: string, query: string] {
  const endpoint = options.endpoint ?? ctx.options.endpoint;
  if (endpoint === undefined && operation.webhook) {
    throw new ConfigurationError(
      `${ctx.api.title} ${operation.id} goes to a URL of its receiver: give { endpoint: 'https://…' }.`,
    );
  }
  if (endpoint === undefined) return [findBaseUrl(ctx) + operation.path, ''];
  if (!/^https?:\/\/[^/]/i.test(endpoint)) throw new ConfigurationError('The endpoint is not an http(s) URL.');
  const [whole = ''] = endpoint.split('#');
  const [url = '', ...query] = whole.split('?');
  return [url, query.join('?')];
}

/** Builds the exact request once per call, and hands it to `deliver`. */
export async function buildRequest(
  run: Run,
  bodyType: string | undefined,
  deliver: (draft: Draft) => Promise<Outcome>,
): Promise<Outcome> {
  const { operation, input } = run;
  const [url, ownQuery] = targetOf(run);
  const fixed = (operation.when ?? []).flatMap((c) => ('equals' in c ? [[c.query, c.equals] as const] : []));
  const query = { ...Object.fromEntries(fixed), ...input.query };
  const body = input.body === undefined ? undefined : await serializeBody(input.body, bodyType ?? 'application/json');
  const headers = headersOf(run);
  if (body) headers['content-type'] ??= body.contentType;
  let outcome: Outcome = {};
  await build(operation.method, url, {
    params: { path: input.path ?? {}, query },
    pathSerializer: (path: string, values: Record<string, unknown>) => pathSerializer(run, path, values),
    querySerializer: (values: object) =>
      [ownQuery, serializeQuery(values, operation.parameters)].filter(Boolean).join('&'),
    bodySerializer: (bytes: unknown) => bytes,
    body: body?.bytes,
    headers,
    parseAs: 'stream',
    deliver: async (draft: Draft) => {
      outcome = await deliver(draft);
    },
  });
  return outcome;
}
