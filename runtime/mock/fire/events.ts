import { setTimeout as sleep } from 'node:timers/promises';
import { createMakeInput } from '../make-input.ts';
import type { ExampleInput, MockOperation, MockProvider } from '../types.ts';
import { deliver } from './deliver.ts';
import { checkTarget, type Delivery, type Fire, type FiredCall, type FireReport, newMessageId } from './types.ts';

/** One message of an event. It is an example, or a value generated from the schema. */
type Planned = {
  readonly operation: MockOperation;
  readonly example: string | undefined;
  readonly make: (round: number) => ExampleInput;
};

/** Maximum number of concurrent messages if a rate is set. */
const MOST_AT_ONCE = 50;

/**
 * Signs and sends webhooks and callbacks of the contract: their examples, or messages generated from their schemas if
 * there is no example. Each message is sent `count` times, and retried after a failure as the contract states.
 */
export const fireEvents: Fire = async (request) => {
  const { provider, count, rate, repeatId = false, onCall, onDelivery, signal } = request;
  const to = checkTarget(request.to);
  const planned = planOf(provider, request.operation);
  const ids = new Map<Planned, string>();
  const idOf = (one: Planned): string => {
    const known = repeatId ? ids.get(one) : undefined;
    const id = known ?? newMessageId();
    ids.set(one, id);
    return id;
  };
  const calls: FiredCall[] = [];
  const fireOne = async (one: Planned, round: number): Promise<void> => {
    const { fetch, retry, speed } = request;
    const delivery = await deliver({
      provider,
      operation: one.operation,
      input: one.make(repeatId ? 0 : round),
      example: one.example,
      to,
      messageId: idOf(one),
      signal,
      ...(fetch && { fetch }),
      ...(retry !== undefined && { retry }),
      ...(speed !== undefined && { speed }),
    });
    const call = toCall(delivery);
    calls.push(call);
    onDelivery?.(delivery);
    onCall?.(call);
  };

  const begin = performance.now();
  const underWay = new Set<Promise<void>>();
  let number = 0;
  for (let round = 0; round < count; round += 1)
    for (const one of planned) {
      if (signal?.aborted) break;
      if (rate === undefined) {
        await fireOne(one, round);
        continue;
      }
      const wait = begin + (number / rate) * 1000 - performance.now();
      number += 1;
      if (wait > 0) await sleep(wait);
      if (underWay.size >= MOST_AT_ONCE) await Promise.race(underWay);
      const sending: Promise<void> = fireOne(one, round).finally(() => underWay.delete(sending));
      underWay.add(sending);
    }
  await Promise.all(underWay);
  return reportOf(calls);
};

/**
 * Chooses operations by operationId, by the name of the webhook or callback, or by the value that distinguishes events
 * of one URL.
 */
function chooseEvents({ operations }: MockProvider, asked: string | undefined): readonly MockOperation[] {
  const events = operations.filter(({ descriptor }) => descriptor.webhook);
  if (asked === undefined) return events;
  const named = operations.filter(({ descriptor }) => descriptor.id === asked);
  return named.length > 0 ? named : events.filter((one) => isNamed(one, asked));
}

/**
 * Why a provider does not have an event, and which events it has. Undefined if it has the event. @param asked the
 * event; undefined: all webhooks
 */
export function unknownEvent(provider: MockProvider, asked: string | undefined): string | undefined {
  if (chooseEvents(provider, asked).length > 0) return undefined;
  if (asked === undefined) return 'The contract does not declare webhooks.';
  const events = chooseEvents(provider, undefined);
  const known = (events.length > 0 ? events : provider.operations).map(({ descriptor }) => descriptor.id).join(', ');
  return `The event or operation ${asked} does not exist. Available: ${known}`;
}

/** Plans the messages. @throws {TypeError} if the contract does not have the event */
function planOf(provider: MockProvider, asked: string | undefined): readonly Planned[] {
  const unknown = unknownEvent(provider, asked);
  if (unknown !== undefined) throw new TypeError(unknown);
  let make: ReturnType<typeof createMakeInput> | undefined;
  const madeUp = (operation: MockOperation, round: number): ExampleInput => {
    make ??= createMakeInput(provider.document);
    return make(operation, round === 0 ? {} : { seed: String(round) });
  };
  return chooseEvents(provider, asked).flatMap((operation): Planned[] => {
    const { inputs, descriptor } = operation;
    const isShown = descriptor.body === undefined || [...inputs.values()].some(({ body }) => body !== undefined);
    if (!isShown || inputs.size === 0)
      return [{ operation, example: undefined, make: (round) => withExamples(madeUp(operation, round), operation) }];
    return [...inputs].map(([name, input]) => ({
      operation,
      example: descriptor.body === undefined ? undefined : name,
      make: (round) => withRequired(input, operation, () => madeUp(operation, round)),
    }));
  });
}

const isNamed = ({ descriptor, pathKey }: MockOperation, asked: string): boolean =>
  pathKey === asked ||
  descriptor.path === `/${asked}` ||
  (descriptor.when ?? []).some((condition) => 'equals' in condition && String(condition.equals) === asked);

/** Adds the parameters that have an example in the document to a generated message. */
function withExamples(made: ExampleInput, { inputs }: MockOperation): ExampleInput {
  const [shown = {}] = inputs.values();
  return merge(made, shown);
}

/** Adds the required parameters that the example of a message lacks. */
function withRequired(input: ExampleInput, { schemas }: MockOperation, madeUp: () => ExampleInput): ExampleInput {
  const group = { path: 'path', query: 'query', header: 'headers', cookie: 'cookies' } as const;
  const missing = schemas.parameters.filter(
    ({ in: place, name, required }) =>
      required && (place === 'querystring' ? input.query : input[group[place]]?.[name]) === undefined,
  );
  if (missing.length === 0) return input;
  const made = madeUp();
  const wanted: Record<string, Record<string, unknown>> = {};
  for (const { in: place, name } of missing) {
    if (place === 'querystring') wanted['query'] = { ...made.query };
    else wanted[group[place]] = { ...wanted[group[place]], [name]: made[group[place]]?.[name] };
  }
  return merge(wanted, input);
}

function merge(first: ExampleInput, second: ExampleInput): ExampleInput {
  const groups = (['path', 'query', 'headers', 'cookies'] as const).flatMap((group) =>
    first[group] || second[group] ? [[group, { ...first[group], ...second[group] }] as const] : [],
  );
  return { ...first, ...second, ...Object.fromEntries(groups) };
}

/** A delivery as one line of a report. */
function toCall({ operation, example, attempts, response, messageId }: Delivery): FiredCall {
  const last = attempts.at(-1);
  const name = example === undefined || example === 'default' ? operation : `${operation}, ${example}`;
  return {
    operation,
    what: attempts.length > 1 ? `${name}, ${attempts.length} attempts` : name,
    ok: last?.problem === undefined,
    status: last?.status,
    body: response?.body ?? '',
    ms: last?.ms ?? 0,
    problem: last?.problem,
    messageId,
    attempts,
  };
}

function reportOf(calls: readonly FiredCall[]): FireReport {
  const taken = calls.filter(({ ok }) => ok).length;
  return {
    ok: taken === calls.length,
    summary: `${taken} of ${calls.length} ${calls.length === 1 ? 'request was' : 'requests were'} accepted.`,
    details: calls.flatMap(({ what, problem }) => (problem === undefined ? [] : [`${what}: ${problem}`])),
    calls,
  };
}
