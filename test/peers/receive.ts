import { JSON_LINES, kindOf } from '@countersign/runtime/contract';
import { listen } from '@countersign/runtime/server/node';
import { type MockApiDefinition, matchValues, type ResolverConfig, validateXmlBodyEquals } from '@typespec/spec-api';
import { Hono } from 'hono';
import { expect } from 'vitest';
import { findTarget, operationOf, type Service, type Target } from './services.ts';
import { callService, pathOf, type SuiteScenario } from './spector.ts';
import { BREAKS_CONTRACT } from './table.ts';
import { bytesOf, eventsOf, linesOf, responseOf, settle, textOf, typedBody } from './values.ts';

/** A request of the suite's client, as our server reads it. */
export type Received = {
  readonly api: MockApiDefinition;
  readonly target: Target;
  readonly input: object;
  /** Credentials, by security scheme. */
  readonly credentials: Readonly<Record<string, string>>;
  /** The path, if it is a link of the previous response. */
  readonly link?: string | undefined;
};

/**
 * The suite's client calls our server, once for each request of a scenario that has a response in the contract.
 *
 * @throws if our server does not respond as the suite does
 */
export async function receiveAll(services: readonly Service[], suite: SuiteScenario): Promise<readonly Received[]> {
  const own = services.filter(({ folder }) => folder === suite.folder);
  const received: Received[] = [];
  for (const api of suite.scenario.apis) {
    const path = pathOf(api);
    const before = received.at(-1);
    const found = findTarget(own, api.method, path);
    // The previous page contains the link to the next page, and the contract names no path for it.
    if (!found && before && path.endsWith('/nextPage')) {
      const query = new URLSearchParams(api.request?.query as Record<string, string> | undefined);
      received.push({ ...before, api, link: query.size > 0 ? `${path}?${query}` : path });
      continue;
    }
    if (!found) throw new Error(`The contract has no operation for ${api.method} ${path}`);
    if (!responseOf(operationOf(found), api.response.status)) continue;
    received.push(await receive(found, api, BREAKS_CONTRACT.has(suite.name)));
  }
  if (received.length === 0) throw new Error('The contract declares no response of this scenario');
  return received;
}

type State = { input?: object; credentials: Record<string, string>; error?: unknown };

async function receive(target: Target, api: MockApiDefinition, breaks: boolean): Promise<Received> {
  const state: State = { credentials: {} };
  const answer: { value?: object } = {};
  const { url, close } = await listen(
    serve(target, state, () => answer.value, breaks),
    { shutdownTimeout: 0 },
  );
  try {
    const config = { baseUrl: url };
    const { status, body, headers = {} } = api.response;
    const given = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    answer.value = { status, headers: given, body: body && typedBody(body, status, operationOf(target), config) };
    const response = await callService(api, operationOf(target).body?.content ?? [], config);
    if (state.error !== undefined) throw state.error;
    await judge(response, api, config);
    // `Accept` is not a parameter of the contract: a caller sets it beside the input.
    const { responses } = operationOf(target);
    const accept = responses.some(({ content }) => content.length > 1) ? api.request?.headers?.accept : undefined;
    const input = accept === undefined ? {} : { accept };
    return { api, target, input: { ...state.input, ...input }, credentials: state.credentials };
  } finally {
    await close();
  }
}

/** Our generated server. It sends the given responses and records the input. */
function serve(target: Target, state: State, answer: () => object | undefined, breaks: boolean): Hono {
  const { createServer, api, operations } = target.service;
  const handle = async (input: object) => {
    state.input = (await settle(input)) as object;
    return answer();
  };
  const lookUp = (scheme: string) => (presented: string) => {
    state.credentials[scheme] = presented;
    return true;
  };
  const server = createServer({
    handlers: Object.fromEntries(Object.keys(operations).map((name) => [name, handle])),
    security: Object.fromEntries(Object.keys(api.securitySchemes).map((scheme) => [scheme, lookUp(scheme)])),
    ...(breaks && { validation: { responses: 'warn' }, unknownKeys: 'passthrough' }),
    logger: {},
    onError: ({ error }: { readonly error: unknown }) => {
      state.error = error;
    },
  });
  return new Hono().route(target.base === '' ? '/' : target.base, server.app);
}

/** The suite's own definition of a response. */
async function judge(
  response: Response,
  { response: want, method }: MockApiDefinition,
  config: ResolverConfig,
): Promise<void> {
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(response.status, bytes.toString()).toBe(want.status);
  for (const [name, value] of Object.entries(want.headers ?? {})) {
    if (typeof value === 'string') expect(response.headers.get(name), name).toBe(value);
  }
  if (want.body === undefined || method === 'head') return;
  const { contentType, rawContent } = want.body;
  expect(response.headers.get('content-type')).toContain(contentType);
  if (contentType.endsWith('json') && rawContent && typeof rawContent !== 'string' && !Buffer.isBuffer(rawContent))
    expect(matchValues(JSON.parse(bytes.toString()), rawContent.resolve(config))).toEqual({ pass: true });
  else if (JSON_LINES.test(contentType)) expect(linesOf(bytes.toString())).toEqual(linesOf(textOf(want.body, config)));
  else if (kindOf(contentType) === 'events')
    expect(eventsOf(bytes.toString())).toEqual(eventsOf(textOf(want.body, config)));
  else if (contentType.endsWith('xml')) {
    const text = textOf(want.body, config).replace(/^<\?xml.*?\?>/, '');
    validateXmlBodyEquals({ rawBody: bytes.toString() } as never, text);
  } else expect(bytes.equals(bytesOf(want.body, config)), bytes.toString()).toBe(true);
}
