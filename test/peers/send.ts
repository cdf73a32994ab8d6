import { isDeepStrictEqual } from 'node:util';
import type { MockApiDefinition } from '@typespec/spec-api';
import { expect } from 'vitest';
import type { Received } from './receive.ts';
import { operationOf, type Result, type Service } from './services.ts';
import type { SuiteScenario } from './spector.ts';
import { CALLS } from './table.ts';
import { settle, typedBody } from './values.ts';

/** A call of our client: its input, and the response of the suite's server. */
type Sent = Omit<Received, 'api'> & {
  readonly options?: object | undefined;
  readonly want?: unknown;
  readonly api: MockApiDefinition;
};

/** The calls of a scenario: the hand-written ones, or the requests of the suite's client as our server read them. */
export function callsOf(
  services: readonly Service[],
  suite: SuiteScenario,
  received: readonly Received[],
): readonly Sent[] {
  const written = CALLS[suite.name];
  if (!written) return received;
  return written.map(({ operation, input, options, want }, index) => {
    const service = services.find(({ folder, operations }) => folder === suite.folder && operation in operations);
    const api = suite.scenario.apis[index] ?? suite.scenario.apis.at(-1);
    if (!service || !api) throw new Error(`The table names no request of ${suite.name}: ${operation}`);
    return {
      api,
      input,
      options,
      want,
      credentials: { OAuth2Auth: 'a-token' },
      target: { service, name: operation, base: '', variables: {} },
    };
  });
}

/**
 * Our generated client sends a request to the suite's server.
 *
 * @returns how often the response violates the contract
 * @throws if the client rejects it, or if its result differs from the response of the suite's server
 */
export async function send(url: string, sent: Sent): Promise<number> {
  const { service, name: operation, variables } = sent.target;
  const client = service.createClient({
    ...(service.api.server ? { serverVariables: { ...variables, endpoint: url } } : { baseUrl: url }),
    credentials: sent.credentials,
    environment: {},
    retry: false,
    logger: {},
  });
  const call = client[operation];
  if (!call) throw new Error(`The client has no ${operation}`);
  const options = { ...sent.options, ...(sent.link === undefined ? {} : { endpoint: url + sent.link }) };
  // A link is requested by GET, even if the previous page was not.
  const isLink = sent.link !== undefined && sent.api.method.toUpperCase() !== operationOf(sent.target).method;
  const promise = isLink ? client.request(sent.api.method, sent.link, {}) : call(sent.input, options);
  const result = await promise.withResponse();
  const data = await settle(result.data);
  await judge({ ...result, data }, url, sent);
  return result.issues.length;
}

async function judge({ data, error, response }: Result, url: string, sent: Sent): Promise<void> {
  const { api, target } = sent;
  const { status, body, headers = {} } = api.response;
  if (error && (error.kind !== 'api' || status < 400)) throw error;
  expect(response?.status).toBe(status);
  for (const [header, value] of Object.entries(headers)) {
    if (typeof value === 'string') expect(response?.headers.get(header), header).toBe(value);
  }
  if (body === undefined || api.method === 'head') return;
  const want = sent.want ?? typedBody(body, status, operationOf(target), { baseUrl: url });
  const got = status < 400 ? data : error?.body;
  if (want instanceof Blob && got instanceof Blob) {
    expect(got.type).toBe(want.type);
    expect(Buffer.from(await got.arrayBuffer()).equals(Buffer.from(await want.arrayBuffer()))).toBe(true);
  } else if (!isDeepStrictEqual(got, want)) expect(got).toEqual(want);
}
