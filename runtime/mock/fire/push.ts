import {
  type BatchesReport,
  type BatchReport,
  batching,
  bodies,
  createClient,
  recipes,
  styles,
} from '../../client/index.ts';
import type { ExampleInput, MockOperation } from '../types.ts';
import { hear, redirected } from './hear.ts';
import { patienceOf } from './patience.ts';
import { checkTarget, type Fire, type FiredCall } from './types.ts';

/** Creates row n of a push, from 0. */
export type MakeRow = (index: number) => unknown;

type Pushing = Record<string, { batches(request: object): Promise<BatchesReport<unknown, Error>> }>;

/**
 * Creates the function that sends signed rows in sequential batches of the size that the contract allows. It retries as
 * the contract states.
 */
export const pushRows =
  (operationId: string, makeRow: MakeRow): Fire =>
  async ({ provider, to, count, fetch, onCall }) => {
    const endpoint = checkTarget(to);
    const operation = provider.operations.find(({ descriptor }) => descriptor.id === operationId);
    const batch = operation?.descriptor.batch;
    if (!operation || !batch) throw new TypeError(`${operationId} does not accept batches.`);
    const { api, signers, credentials } = provider;
    const { descriptor, validators } = operation;
    const heard = hear(fetch);
    const client = createClient<Pushing>(
      {
        api,
        operations: { [operationId]: descriptor },
        validators: { [operationId]: validators },
        signers,
        features: [batching, bodies, recipes, styles],
      },
      {
        endpoint,
        credentials,
        environment: {},
        fetch: heard.fetch,
        timeout: { attempt: patienceOf(provider, descriptor) },
        validation: { input: 'off', responses: 'throw' },
      },
    );
    const total = Math.ceil(count / batch.max);
    const calls: FiredCall[] = [];
    const report = await client[operationId]?.batches({
      rows: rowsOf(count, makeRow),
      input: { body: exampleBody(operation, endpoint) },
      concurrency: 1,
      onBatch: ({ index, rows, attempts, elapsed, error }: BatchReport<unknown, Error>) => {
        const again = attempts > 1 ? `, ${attempts} attempts` : '';
        const call: FiredCall = {
          operation: operationId,
          what: `batch ${index + 1} of ${total}, ${rows} rows${again}`,
          ok: error === undefined,
          status: heard.status,
          body: heard.body,
          ms: elapsed,
          problem: error && (redirected(heard.status) ?? error.message),
        };
        calls.push(call);
        onCall?.(call);
      },
    });
    const sent = report?.sent ?? 0;
    return {
      ok: sent === count,
      summary: `${sent} of ${count} rows were accepted, in ${total} ${total === 1 ? 'batch' : 'batches'}.`,
      details: calls.flatMap(({ what, problem }) => (problem === undefined ? [] : [`${what}: ${problem}`])),
      calls,
    };
  };

function* rowsOf(count: number, makeRow: MakeRow): Generator {
  for (let index = 0; index < count; index += 1) yield makeRow(index);
}

/** The body without its rows. If it has a property for the receiver's URL, the URL is set. */
function exampleBody({ inputs }: MockOperation, endpoint: string): Record<string, unknown> {
  const [first] = inputs.values() as Iterable<ExampleInput>;
  const body = { ...(first?.body as Record<string, unknown> | undefined) };
  return 'server_url' in body ? { ...body, server_url: endpoint } : body;
}
