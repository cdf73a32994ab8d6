import { checkUrl, findBaseUrl, misconfigured } from './configuration.ts';
import type { Draft } from './draft.ts';
import { ValidationError } from './errors/index.ts';
import { errorContext } from './run.ts';
import {
  declaredHeader,
  present,
  serializeCookies,
  serializeHeader,
  serializePathParameter,
  serializeQuery,
} from './serialize-parameters.ts';
import type { Outcome, Run, SerializedBody } from './types.ts';

/** The error for an input that cannot be sent; `pointer` is the place in the input. */
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

/** Engines quote the value in their own error. */
const isHeaderValue = (text: string): boolean => !/[^\t\x20-\xff]/.test(text);

function headersOf(run: Run, body: SerializedBody | undefined): Record<string, string> {
  const { ctx, operation, input, options } = run;
  const headers: Record<string, string> = { accept: input.accept ?? operation.accept ?? 'application/json' };
  if (body) headers['content-type'] = body.mediaType;
  for (const given of [ctx.options.headers, input.headers, options.headers]) {
    for (const [name, value] of Object.entries(given ?? {})) {
      if (!present(value)) continue;
      const text = serializeHeader(value, declaredHeader(operation, name) ?? { style: 'simple', explode: false });
      if (!isHeaderValue(text)) throw refuse(run, `/headers/${name}`, value, 'not a header value');
      headers[name.toLowerCase()] = text;
    }
  }
  if (input.cookies) headers.cookie = serializeCookies(input.cookies, operation.parameters);
  return headers;
}

/** Where to: URL without its query, and the query that it brings along. */
function targetOf(run: Run): readonly string[] {
  const { ctx, operation, options } = run;
  const { endpoint = '' } = options;
  const { path, webhook, server } = operation;
  const locate = ctx.features.find((feature) => feature.locate)?.locate;
  const own = !endpoint && !webhook;
  // Without its slash it would become a part of the host.
  if (own && !/^\/(?!\/)/.test(path)) throw misconfigured(ctx.api, `not a path with one / first: ${path}`);
  if (own && server && !locate) throw misconfigured(ctx.api, `missing the feature servers, for ${server.url}`);
  const url = own
    ? (locate ? locate(run) : findBaseUrl(ctx)) + path
    : checkUrl(ctx.api, endpoint, `endpoint: 'https://…'`);
  return /^((?:\{[^{}]*\}|[^?#])*)\??([^#]*)/.exec(url)?.slice(1) ?? [];
}

type Body = SerializedBody | undefined;

function serializeBody(run: Run, mediaType: string): Body | Promise<Body> {
  const { ctx, input, validators } = run;
  if (input.body === undefined) return undefined;
  const { int64, body: { [mediaType]: validator } = {} } = validators ?? {};
  const body = int64 && validator ? int64.write(input.body, validator) : input.body;
  if (/[/+]json(;|$)/.test(mediaType)) return { bytes: (int64?.text ?? JSON.stringify)(body), mediaType };
  const feature = ctx.features.find((feature) => feature.serialize);
  if (feature?.serialize) return feature.serialize(run, body, mediaType);
  if (typeof body === 'string') return { bytes: body, mediaType };
  throw misconfigured(ctx.api, `missing the feature bodies, for ${mediaType}`);
}

/** What a body travels as. */
export const mediaTypeOf = (run: Run): string =>
  run.ctx.features.find((feature) => feature.choose)?.choose?.(run) ??
  run.operation.body?.content[0] ??
  'application/json';

/** Builds the exact request once per call, and hands it to `deliver`. */
export async function buildRequest(
  run: Run,
  mediaType: string,
  deliver: (draft: Draft) => Promise<Outcome>,
): Promise<Outcome> {
  const { operation, input } = run;
  const [template = '', ownQuery] = targetOf(run);
  const serialized = serializeBody(run, mediaType);
  const body = serialized instanceof Promise ? await serialized : serialized;
  const headers = headersOf(run, body);
  const url = fillPath(run, template, input.path ?? {});
  const query = [ownQuery, serializeQuery(input.query ?? {}, operation.parameters)].filter(Boolean).join('&');
  const whole = query ? `${url}?${query}` : url;
  return deliver({ url: whole, headers: new Headers(headers), body: body?.bytes, unsigned: headers });
}
