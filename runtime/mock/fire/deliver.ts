import { setTimeout as sleep } from 'node:timers/promises';
import { type DeliveryDescriptor, setOwn, withValueAt } from '../../contract/index.ts';
import { send } from '../send.ts';
import type { ExampleInput, MockOperation, MockProvider } from '../types.ts';
import { flawOf } from './flaw-of.ts';
import { noRedirects, redirected } from './hear.ts';
import { patienceOf } from './patience.ts';
import type { Delivery, DeliveryAttempt, FireRequest } from './types.ts';

/** A message and its destination. */
export type Message = {
  readonly provider: MockProvider;
  readonly operation: MockOperation;
  readonly input: ExampleInput;
  /** Name of the example. Undefined for a generated message. */
  readonly example: string | undefined;
  /** The URL of the receiver, which was already checked. */
  readonly to: string;
  /** The id of the message. It stays the same when the message is sent again. */
  readonly messageId: string;
  readonly fetch?: FireRequest['fetch'];
  /** Whether the message is retried as the contract states. With false, it is sent once. Default true. */
  readonly retry?: boolean;
  /** Divisor of the delays in the contract. Default 1. */
  readonly speed?: number;
  readonly signal?: AbortSignal | undefined;
};

/** The delays between attempts in milliseconds, if the contract states none. */
const USUAL: readonly number[] = [250, 500];
const TRANSIENT: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);
/** The status by which a receiver unsubscribes (Standard Webhooks, section on failures). */
const GONE = 410;

/** Sends one signed message until it is accepted or no retries of the contract are left. */
export async function deliver(message: Message): Promise<Delivery> {
  const { provider, operation, to, example, messageId, fetch = noRedirects, retry = true, speed = 1, signal } = message;
  const { descriptor } = operation;
  const { delivery } = descriptor;
  const input = withMessageId(message.input, delivery, messageId);
  const waits = retry ? waitsOf(operation) : [];
  const attempts: DeliveryAttempt[] = [];
  let last: Awaited<ReturnType<typeof send>>;
  for (;;) {
    last = await send({
      provider,
      operation: descriptor.id,
      input,
      baseUrl: to,
      endpoint: to,
      fetch,
      timeout: patienceOf(provider, descriptor),
      messageId,
    });
    const status = last.response?.status;
    const failure = redirected(status) ?? last.error;
    const flaw = last.response && failure === undefined ? await flawOf(operation.validators, last.response) : undefined;
    const problem = failure ?? flaw;
    attempts.push({ at: Date.now() - last.ms, ms: last.ms, status, problem });
    const wait = waits[attempts.length - 1];
    // The receiver accepted the message, although its response is invalid. It must not get the message twice.
    const isFinal = failure === undefined || wait === undefined || signal?.aborted;
    if (isFinal || (delivery?.retries ? status === GONE : status !== undefined && !TRANSIENT.has(status))) break;
    await sleep(wait / speed, undefined, signal && { signal }).catch(() => undefined);
  }
  return {
    operation: descriptor.id,
    example,
    messageId,
    to,
    ok: attempts.at(-1)?.problem === undefined,
    attempts,
    input: message.input,
    request: last.request,
    response: last.response,
  };
}

function waitsOf({ descriptor: { delivery, retry } }: MockOperation): readonly number[] {
  return delivery?.retries ?? (retry === 'never' ? [] : USUAL);
}

/** Adds the id of the message, if the contract declares a location for it in addition to the signature. */
function withMessageId(input: ExampleInput, delivery: DeliveryDescriptor | undefined, id: string): ExampleInput {
  const carrier = delivery?.carrier;
  if (!carrier) return input;
  const { in: place, name, prefix = '', pointer } = carrier as typeof carrier & { readonly pointer?: string };
  const text = `${prefix}${id}`;
  if (place === 'body' || place === 'form') {
    const body: unknown = input.body ?? {};
    if (typeof body !== 'object' || body === null) return input;
    return {
      ...input,
      body: withValueAt(body, pointer ?? `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, text),
    };
  }
  const group = place === 'header' ? 'headers' : place === 'cookie' ? 'cookies' : 'query';
  const values: Record<string, unknown> = {};
  for (const [other, value] of Object.entries(input[group] ?? {}))
    if (other.toLowerCase() !== name.toLowerCase()) setOwn(values, other, value);
  setOwn(values, name, text);
  return { ...input, [group]: values };
}
