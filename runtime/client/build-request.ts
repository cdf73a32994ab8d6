import { findBaseUrl, isHttp, misconfigured } from './configuration.ts';
import { DELIVERED, type Draft, openapiFetch } from './draft.ts';
import { ValidationError } from './errors/index.ts';
import type { SerializedBody } from './features.ts';
import { isHeaderValue } from './place.ts';
import { errorContext, type Outcome, type Run } from './run.ts';
import { serializeCookies, serializeHeader, serializePathParameter, serializeQuery } from './serialize-parameters.ts';

const NONE = {};

export const refuse = (run: Run, pointer: string, value: unknown, message: string) =>
  new ValidationError('input', [{ pointer, type: typeof value, message }], errorContext(run));

function fillPath(run: Run, template: string, values: Readonly<Record<string, unknown>>): string {
  let url = template;
  for (const parameter of run.operation.parameters) {
    if (parameter.in !== 'path') continue;
    const { name } = parameter;
    const text = serializePathParameter(values[name] ?? '', parameter);
    // An empty segment, `.` or `..` would make it another operation's URL.
    if (/^\.{0,2}$/.test(text)) throw refuse(run, `/path/${name}`, values[name], 'not a path segment');
    url = url.replaceAll(`{${name}}`, () => text);
  }
  return url;
}

function headersOf(run: Run, body: SerializedBody | undefined): Record<string, string> {
  const { ctx, operation, input, options } = run;
  const accepted = new Set(operation.responses.flatMap(({ content }) => content));
  const headers: Record<string, string> = { accept: [...accepted].join(', ') || '*/*' };
  if (body) headers['content-type'] = body.mediaType;
  for (const given of [ctx.options.headers, input.headers, options.headers]) {
    for (const name in given) {
      const value = given[name];
      if (value === undefined || value === null) continue;
      const key = name.toLowerCase();
      const written = operation.parameters.find((p) => p.in === 'header' && p.name.toLowerCase() === key);
      const text = serializeHeader(value, written ?? { style: 'simple', explode: false });
      if (!isHeaderValue(text)) throw refuse(run, `/headers/${name}`, value, 'not a header value');
      headers[key] = text;
    }
  }
  if (input.cookies) headers.cookie = serializeCookies(input.cookies, operation.parameters);
  return headers;
}

/** Where to: URL without its query, and the query that it brings along. */
function targetOf({ ctx, operation, options: { endpoint } }: Run): readonly string[] {
  if (endpoint === undefined && !operation.webhook) return [findBaseUrl(ctx) + operation.path];
  if (isHttp(endpoint ?? '')) return /^([^?#]*)\??([^#]*)/.exec(endpoint ?? '')?.slice(1) ?? [];
  throw misconfigured(ctx.api, `missing the http(s) URL of ${operation.id}: give the option endpoint: 'https://…'`);
}

type Body = SerializedBody | undefined;

function serializeBody({ ctx, input: { body } }: Run, mediaType: string): Body | Promise<Body> {
  if (body === undefined) return undefined;
  if (/[/+]json(;|$)/.test(mediaType)) return { bytes: JSON.stringify(body), mediaType };
  if (typeof body === 'string') return { bytes: body, mediaType };
  const feature = ctx.features.find(({ serialize }) => serialize);
  if (!feature?.serialize) throw misconfigured(ctx.api, `missing the feature bodies, for ${mediaType}`);
  return feature.serialize(body, mediaType);
}

/** Builds the exact request once per call, and hands it to `deliver`. */
export async function buildRequest(
  run: Run,
  mediaType: string,
  deliver: (draft: Draft) => Promise<Outcome>,
): Promise<Outcome> {
  const { operation, input } = run;
  const [url = '', ownQuery] = targetOf(run);
  const serialized = serializeBody(run, mediaType);
  const body = serialized instanceof Promise ? await serialized : serialized;
  const headers = headersOf(run, body);
  let outcome: Outcome = {};
  await openapiFetch(operation.method, url, {
    params: {
      path: input.path ?? NONE,
      query: input.query ?? NONE,
    },
    pathSerializer: (template, values) => fillPath(run, template, values),
    querySerializer(values) {
      const query = serializeQuery(values, operation.parameters);
      return ownQuery && query ? `${ownQuery}&${query}` : ownQuery || query;
    },
    bodySerializer: (bytes) => bytes,
    body: body?.bytes,
    headers,
    unsigned: headers,
    async fetch(draft) {
      outcome = await deliver(draft);
      return DELIVERED;
    },
  });
  return outcome;
}
