import { isPlainParameter, kindIn } from '../contract/index.ts';
import { checkUrl, findBaseUrl, misconfigured } from './configuration.ts';
import type { DraftInit } from './draft.ts';
import { ValidationError } from './errors/index.ts';
import { declaredHeader, plain, present } from './plain-parameters.ts';
import { errorContext } from './run.ts';
import type { ParameterWriter, Run, SerializedBody } from './types.ts';

/** Returns the error for an input that cannot be sent. `pointer` is the place in the input. */
export const refuse = (run: Run, pointer: string, value: unknown, message: string) =>
  new ValidationError('input', [{ pointer, type: typeof value, message }], errorContext(run));

function writerOf({ ctx, operation, input }: Run): ParameterWriter {
  const writer = ctx.with.styles;
  if (!writer && (input.cookies || !operation.parameters.every(isPlainParameter)))
    throw misconfigured(ctx.api, 'this client cannot serialize these parameters: add the `styles` feature');
  return writer ?? plain;
}

function fillPath(run: Run, write: ParameterWriter, template: string): string {
  const values = run.input.path ?? {};
  let url = template;
  for (const parameter of run.operation.parameters) {
    if (parameter.in !== 'path') continue;
    const { name } = parameter;
    const text = write.path(values[name] ?? '', parameter);
    // An empty segment, `.` or `..` would change the URL to that of another operation. URL parsers read `%2e` as `.`.
    if (/^(?:\.|%2e){0,2}$/i.test(text)) throw refuse(run, `/path/${name}`, values[name], 'not a valid path segment');
    url = url.replaceAll(`{${name}}`, () => text);
  }
  return url;
}

/** The value is checked here because engines quote it in their own error. */
const isHeaderValue = (text: string): boolean => !/[^\t\x20-\xff]/.test(text);

function headersOf(run: Run, write: ParameterWriter, body: SerializedBody | undefined): Record<string, string> {
  const { ctx, operation, input, options } = run;
  const headers: Record<string, string> = { accept: input.accept ?? operation.accept ?? 'application/json' };
  if (body) headers['content-type'] = body.mediaType;
  for (const given of [ctx.options.headers, input.headers, options.headers]) {
    for (const [name, value] of Object.entries(given ?? {})) {
      if (!present(value)) continue;
      const text = write.header(value, declaredHeader(operation, name) ?? { name, explode: false });
      if (!isHeaderValue(text)) throw refuse(run, `/headers/${name}`, value, 'not a valid header value');
      headers[name.toLowerCase()] = text;
    }
  }
  if (input.cookies && write.cookies) headers['cookie'] = write.cookies(input.cookies, operation.parameters);
  return headers;
}

/** What a callback adds to the URL of its receiver: its route without its name. */
const addedTo = (path: string): string => path.replace(/^\/[^/{]+/, '');

/** The URL without its query, and the query that the URL already contains. */
function targetOf(run: Run): readonly [start: string, query: string | undefined] {
  const { ctx, operation, options, target } = run;
  const { endpoint = '' } = options;
  const { path, webhook, server } = operation;
  const { locate } = ctx.with;
  const own = !endpoint && !webhook;
  // Without its slash, the path would become a part of the host.
  if (own && !/^\/(?!\/)/.test(path))
    throw misconfigured(ctx.api, `the path must start with exactly one "/", received ${path}`);
  if (own && server && !locate)
    throw misconfigured(ctx.api, `this client cannot use the server ${server.url}: add the \`servers\` feature`);
  const url =
    target ??
    (own ? (locate ? locate(run) : findBaseUrl(ctx)) + path : checkUrl(ctx.api, endpoint, `endpoint: 'https://…'`));
  const [start = '', query] =
    url.includes('?') || url.includes('#') ? (/^((?:\{[^{}]*\}|[^?#])*)\??([^#]*)/.exec(url)?.slice(1) ?? []) : [url];
  // The receiver chose the URL before the path parameters of a callback, or wrote their places into it.
  return [
    webhook && path.includes('{') && !url.includes('{') ? start.replace(/\/$/, '') + addedTo(path) : start,
    query,
  ];
}

type Body = SerializedBody | undefined;

const isFile = ({ operation: { body } }: Run, mediaType: string): boolean =>
  body?.files !== undefined && kindIn(mediaType, body) === 'binary';

function serializeBody(run: Run, mediaType: string): Body | Promise<Body> {
  const { ctx, input, validators } = run;
  if (input.body === undefined) return undefined;
  const { int64, withoutHidden, body: { [mediaType]: validator } = {} } = validators ?? {};
  const sent = withoutHidden && validator ? withoutHidden(input.body, validator) : input.body;
  const body = int64 && validator ? int64.write(sent, validator) : sent;
  if (/[/+]json(;|$)/.test(mediaType) && !isFile(run, mediaType))
    return { bytes: (int64?.text ?? JSON.stringify)(body), mediaType };
  if (ctx.with.serialize) return ctx.with.serialize(run, body, mediaType);
  if (typeof body === 'string') return { bytes: body, mediaType };
  throw misconfigured(ctx.api, `this client cannot send ${mediaType}: add the \`bodies\` feature`);
}

/** The media type of the request body. */
export const mediaTypeOf = (run: Run): string =>
  run.ctx.with.choose?.(run) ?? run.operation.body?.content[0] ?? 'application/json';

/**
 * Removes properties that requests must not contain from parameters that are objects. Bodies are treated the same way.
 */
function omitHidden(run: Run): void {
  const { withoutHidden, ...validators } = run.validators ?? { responses: {} };
  if (!withoutHidden) return;
  for (const part of ['path', 'query', 'headers', 'cookies'] as const) {
    const given = run.input[part];
    if (given && validators[part]) run.input = { ...run.input, [part]: withoutHidden(given, validators[part]) };
  }
}

/** Serializes all parts of the request once per call. openapi-fetch joins them for each attempt. */
export async function buildRequest(run: Run, mediaType: string): Promise<DraftInit> {
  omitHidden(run);
  const { path = {}, cookies } = run.input;
  const query = run.target === undefined ? (run.input.query ?? {}) : {};
  const write = writerOf(run);
  const [template, ownQuery] = targetOf(run);
  const serialized = serializeBody(run, mediaType);
  const body = serialized instanceof Promise ? await serialized : serialized;
  const header = headersOf(run, write, body);
  const url = fillPath(run, write, template);
  const search = [ownQuery, write.query(query, run.operation.parameters)].filter(Boolean).join('&');
  return {
    baseUrl: template,
    params: { path, query, header, cookie: cookies },
    pathSerializer: () => url,
    querySerializer: () => search,
    body: body?.bytes,
  };
}
