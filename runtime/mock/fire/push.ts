import { send } from '../send.ts';
import type { ExampleInput, MockOperation } from '../types.ts';
import { checkTarget, type Fire, type FiredCall } from './types.ts';

/** Makes the n-th row of a push, from 0. */
export type MakeRow = (index: number) => unknown;

/** Signed pushes of any number of rows, in batches as large as the contract allows, one after another. */
export const pushRows =
  (operationId: string, makeRow: MakeRow): Fire =>
  async ({ provider, to, count, fetch = noRedirects, onCall }) => {
    const endpoint = checkTarget(to);
    const operation = provider.operations.find(({ descriptor }) => descriptor.id === operationId);
    const batch = operation?.descriptor.batch;
    if (!operation || !batch) throw new TypeError(`${operationId} takes no batches.`);
    const total = Math.ceil(count / batch.max);
    const calls: FiredCall[] = [];
    let stored = 0;
    for (let index = 0; index < total; index += 1) {
      const first = index * batch.max;
      const size = Math.min(batch.max, count - first);
      const rows = Array.from({ length: size }, (_, at) => makeRow(first + at));
      const input = { body: withRows(exampleBody(operation), batch.items, rows, endpoint) };
      const call = await fireOne({
        provider,
        operation,
        input,
        endpoint,
        fetch,
        what: `batch ${index + 1} of ${total}, ${size} rows`,
      });
      if (call.ok) stored += size;
      calls.push(call);
      onCall?.(call);
    }
    const ok = stored === count;
    return {
      ok,
      summary: `${stored} of ${count} rows were taken, in ${total} ${total === 1 ? 'batch' : 'batches'}.`,
      details: calls.flatMap(({ what, problem }) => (problem === undefined ? [] : [`${what}: ${problem}`])),
      calls,
    };
  };

type One = {
  readonly provider: Parameters<Fire>[0]['provider'];
  readonly operation: MockOperation;
  readonly input: ExampleInput;
  readonly endpoint: string;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly what: string;
};

/** Only the address that the user named is called: a redirect could lead anywhere, and would carry the key. */
export const noRedirects = (url: string, init: RequestInit): Promise<Response> =>
  fetch(url, { ...init, redirect: 'manual' });

export async function fireOne({ provider, operation, input, endpoint, fetch, what }: One): Promise<FiredCall> {
  const { descriptor, validators } = operation;
  const { timeout } = descriptor;
  const limit = timeout?.answer ?? provider.api.timeout?.answer ?? 10_000;
  const sent = await send({
    provider,
    operation: descriptor.id,
    input,
    baseUrl: endpoint,
    endpoint,
    fetch,
    timeout: limit,
  });
  const { response, error, ms } = sent;
  const flaw = response && error === undefined ? await flawOf(validators, response) : undefined;
  const moved =
    response && response.status >= 300 && response.status < 400 ? 'it redirects, which is not followed' : undefined;
  const problem = moved ?? error ?? flaw;
  return {
    operation: descriptor.id,
    what,
    ok: problem === undefined,
    status: response?.status,
    body: response?.body ?? '',
    ms,
    problem,
  };
}

/** Where a good answer breaks the contract. */
async function flawOf(
  { responses }: MockOperation['validators'],
  { status, body }: { readonly status: number; readonly body: string },
): Promise<string | undefined> {
  const validator = Object.values(responses[String(status)] ?? {})[0];
  if (!validator) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return 'the answer is no JSON';
  }
  const { issues } = await validator['~standard'].validate(value);
  if (!issues) return undefined;
  const said = issues
    .slice(0, 3)
    .map(({ path = [], message }) => `${path.map((step) => `/${String(step)}`).join('')} ${message}`);
  return `the answer breaks the contract: ${said.join('; ')}`;
}

function exampleBody({ inputs }: MockOperation): Record<string, unknown> {
  const [first] = inputs.values();
  return { ...(first?.body as Record<string, unknown> | undefined) };
}

/** Rows at a pointer of one step, which is what batches have; a member that asks for the receiver's URL gets it. */
function withRows(body: Record<string, unknown>, items: string, rows: readonly unknown[], endpoint: string) {
  const url = 'server_url' in body ? { server_url: endpoint } : {};
  return { ...body, ...url, [items.slice(1)]: rows };
}
