import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ApiDescriptor, OperationDescriptor, OperationValidators } from '@countersign/runtime/contract';
import { createMemoryReplayStore, createServer } from '@countersign/runtime/server';
import { createMockServer } from '../../../runtime/mock/provider.ts';
import type { Trace } from '../../../runtime/mock/responding.ts';
import { createDirector } from '../../../runtime/mock/scenario.ts';
import { createSessions } from '../../../runtime/mock/sessions.ts';
import type { MockProvider } from '../../../runtime/mock/types.ts';
import * as xml from '../../../runtime/xml/index.ts';

/** How a server handled a request: accepted by a handler, or rejected with a status and a body. */
export type Verdict = { readonly accepted: boolean; readonly status: number; readonly text: string };

/** The generated server and the mock of one contract, without credentials. */
export type BothServers = {
  readonly provider: MockProvider;
  /** Of the generated package, by operationId. */
  readonly validators: ReadonlyMap<string, OperationValidators>;
  readonly generated: (request: Request) => Promise<Verdict>;
  readonly mock: (request: Request) => Promise<Verdict>;
  /** The response of the mock. */
  readonly answer: (request: Request) => Response | Promise<Response>;
};

type Package = {
  readonly api: ApiDescriptor;
  readonly operations: Readonly<Record<string, OperationDescriptor>>;
  readonly validators: Readonly<Record<string, OperationValidators>>;
};

const SILENT = { error() {}, warn() {}, info() {}, debug() {} };

/** @param folder of the generated package */
export async function openBoth(loaded: MockProvider, folder: string): Promise<BothServers> {
  const load = async (name: string): Promise<Package> => import(pathToFileURL(join(folder, `src/${name}.ts`)).href);
  const [{ api, operations }, { validators }] = await Promise.all([load('operations'), load('validators')]);
  const bare = (descriptor: OperationDescriptor): OperationDescriptor => ({ ...descriptor, security: [] });
  const provider = {
    ...loaded,
    operations: loaded.operations.map((operation) => ({ ...operation, descriptor: bare(operation.descriptor) })),
  };
  const heard = new WeakSet<Request>();
  const generated = createServer<Record<string, unknown>, unknown, ApiDescriptor>(
    {
      api,
      operations: Object.fromEntries(Object.entries(operations).map(([name, each]) => [name, bare(each)])),
      validators,
      signers: {},
      xml,
    },
    {
      handlers: Object.fromEntries(
        Object.keys(operations).map((name) => [
          name,
          async ({ body }: { readonly body?: unknown }, { request }: { readonly request: Request }) => {
            if (isRows(body)) for await (const _ of body);
            heard.add(request);
            throw new Error('accepted');
          },
        ]),
      ),
      security: Object.fromEntries(Object.keys(api.securitySchemes).map((name) => [name, () => true])) as never,
      deliveryStore: { claim: () => ({ state: 'mine', finish: () => undefined, release: () => undefined }) },
      replayStore: createMemoryReplayStore(),
      deadline: false,
      environment: {},
      services: undefined,
      logger: SILENT,
    },
  );
  const traces = new WeakMap<Request, Trace>();
  const mock = await createMockServer(provider, {
    director: createDirector(),
    sessions: createSessions(Date.now),
    replayStore: createMemoryReplayStore(),
    verify: false,
    logger: SILENT,
    traces,
  });
  const ask =
    (fetch: (request: Request) => Response | Promise<Response>, wasAccepted: (request: Request) => boolean) =>
    async (request: Request): Promise<Verdict> => {
      const response = await fetch(request);
      return { status: response.status, text: await response.text(), accepted: wasAccepted(request) };
    };
  return {
    provider,
    validators: new Map(
      Object.entries(operations).flatMap(([name, { id }]) => {
        const own = validators[name];
        return own ? [[id, own] as const] : [];
      }),
    ),
    generated: ask(generated.fetch, (request) => heard.has(request)),
    mock: ask(mock.fetch, (request) => traces.has(request)),
    answer: mock.fetch,
  };
}

const isRows = (body: unknown): body is AsyncIterable<unknown> =>
  typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
