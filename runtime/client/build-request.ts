import { findBaseUrl, isHttp, misconfigured } from './configuration.ts';
import { DELIVERED, type Draft, openapiFetch } from './draft.ts';
import { ValidationError } from './errors/index.ts';
import type { SerializedBody } from './features.ts';
import { isHeaderValue } from './place.ts';
import { errorContext, type Outcome, type Run } from './run.ts';
import { serializeCookies, serializeHeader, serializePathParameter, serializeQuery } from './serialize-parameters.ts';

const refuse = (run: Run, pointer: string, value: unknown, message: string) =>
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
  const accept = new Set(operation.responses.flatMap(({ content }) => content));
  const headers: Record<string, string> = { accept: [...accept].join(', ') || '*/*' };
  if (body) headers['content-type'] = body.mediaType;
  for (const [name, value] of Object.entries({ ...ctx.options.headers, ...input.headers, ...options.headers })) {
    if (value === undefined || value === null) continue;
    const key = name.toLowerCase();
    const written = operation.parameters.find((p) => p.in === 'header' && p.name.toLowerCase() === key);
    const text = serializeHeader(value, written ?? { style: 'simple', explode: false });
    if (!isHeaderValue(text)) throw refuse(run, `/headers/${name}`, value, 'not a header value');
    headers[key] = text;
  }
  const cookies = serializeCookies(input.cookies ?? {}, operation.parameters);
  return cookies ? { ...headers, cookie: cookies } : headers;
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
  const fixed = operation.when?.flatMap((c) => ('equals' in c ? [[c.query, c.equals]] : [])) ?? [];
  const serialized = serializeBody(run, mediaType);
  const body = serialized instanceof Promise ? await serialized : serialized;
  let outcome: Outcome = {};
  await openapiFetch(operation.method, url, {
    params: { path: input.path ?? {}, query: { ...Object.fromEntries(fixed), ...input.query } },
    pathSerializer: (template, values) => fillPath(run, template, values),
    querySerializer: (values) => [ownQuery, serializeQuery(values, operation.parameters)].filter(Boolean).join('&'),
    bodySerializer: (bytes) => bytes,
    body: body?.bytes,
    headers: headersOf(run, body),
    async deliver(draft) {
      outcome = await deliver(draft);
      return DELIVERED;
    },
  });
  return outcome;
}
