import {
  type Carrier,
  type Code,
  type EnvelopeDescriptor,
  type OperationDescriptor,
  valueAt,
} from '../contract/index.ts';
import { sha256Hex } from '../signing/index.ts';
import type { Call, Delivery } from './call.ts';
import { readCarrier } from './carriers.ts';
import type { Claim, DeliveryStore, KeptResponse } from './delivery-store.ts';
import { Refusal } from './refusal.ts';
import type { Outgoing } from './response.ts';

/** Default time in seconds for which a message is remembered. Senders repeat a message for days. */
const REMEMBERED = 3 * 86_400;

/** Maximum time that a second delivery waits for the first, and the interval between two checks, in milliseconds. */
const PATIENCE = 10_000;
const PAUSES = [10, 20, 50, 100, 250];

/** Maximum number of characters of a body that is stored. */
const LONGEST = 16 * 1024;

/** The result of a handler. */
export type Handled = { readonly outgoing: Outgoing; readonly succeeded: boolean };

/** Runs the handler of a message once: see {@link compileDelivery}. */
export type Deliver = (
  call: Call,
  delivery: Delivery,
  busy: Refusal | undefined,
  run: () => Promise<Handled>,
) => Promise<Outgoing | Refusal>;

/**
 * The sender of a message. It is part of the key because two senders may use the same id. An object is identified by
 * its `id`, because its other properties may change.
 */
function senderOf(identity: Call['identity']): unknown {
  return Object.entries(identity).map(([scheme, who]) => {
    const id = typeof who === 'object' && who !== null && 'id' in who ? who.id : who;
    return [scheme, id];
  });
}

/** Compiles the function that finds the message of a call. Undefined if the operation has no messages. */
export function compileDeliveryOf(
  provider: string,
  { id, delivery }: OperationDescriptor,
): (call: Call) => Delivery | undefined {
  const ttl = delivery?.remember ?? REMEMBERED;
  const carrier: Carrier | undefined = delivery?.carrier;
  if (!carrier) {
    // Two operations may receive the same message. Each of them handles it once.
    return ({ delivery: known }) =>
      known && { key: `${id}\n${known.key}`, ttl: delivery?.remember === undefined ? known.ttl : ttl };
  }
  return (call) => {
    const message = readCarrier(call, carrier);
    if (message === undefined) return undefined;
    return { key: sha256Hex(JSON.stringify([provider, id, senderOf(call.identity), message])), ttl };
  };
}

/** Whether a handler's response reports success: a status 2xx and, if errors are reported in the body, a success code. */
export function succeeded(
  response: unknown,
  { code, success }: EnvelopeDescriptor,
  enveloped: boolean,
  { status }: Outgoing,
): boolean {
  if (typeof response !== 'object' || response === null) return false;
  if ('error' in response && typeof response.error === 'object' && response.error !== null) return false;
  if (status < 200 || status > 299) return false;
  if (!('status' in response) || !('body' in response) || code === 'status' || !enveloped) return true;
  const said = valueAt(response.body, code);
  return said === undefined || success.includes(said as Code);
}

function toKept({ status, body, contentType }: Outgoing): KeptResponse {
  const text = typeof body === 'string' && body.length <= LONGEST ? body : null;
  return { status, contentType: text === null ? undefined : contentType, body: text };
}

/**
 * Claims a message before its handler runs. After a success, the message is marked as used, and a repeated delivery
 * gets the same response. After a failure, it is released. While another call handles it, a second delivery waits and
 * then receives `busy`.
 */
export function compileDelivery(store: DeliveryStore, usual: Refusal): Deliver {
  const claim = async (call: Call, key: string): Promise<Claim> => {
    const left = call.deadline === undefined ? PATIENCE : call.deadline - call.now - 100;
    const until = performance.now() + Math.min(PATIENCE, left);
    for (let round = 0; ; round += 1) {
      const claimed = await store.claim(key);
      if (claimed.state !== 'running') return claimed;
      const pause = PAUSES[Math.min(round, PAUSES.length - 1)] ?? 0;
      if (performance.now() + pause > until || call.incoming.signal.aborted || call.expired) return claimed;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  };

  return async (call, { key, ttl }, busy = usual, run) => {
    const claimed = await claim(call, key);
    if (claimed.state === 'running') return busy;
    if (claimed.state === 'done') {
      call.logger.info?.({}, 'the message was already handled');
      return { ...claimed.response, headers: undefined };
    }
    // The handler's result is returned even if the claim cannot be ended, because a claim expires by itself.
    const end = async (write: () => void | Promise<void>): Promise<void> => {
      try {
        await write();
      } catch (error) {
        call.logger.error?.({ error }, 'the claim of a message could not be released');
      }
    };
    try {
      const { outgoing, succeeded } = await run();
      await end(() => (succeeded ? claimed.finish(toKept(outgoing), ttl) : claimed.release()));
      return outgoing;
    } catch (error) {
      await end(() => claimed.release());
      throw error;
    }
  };
}

/** The response to a second delivery while the first is still being handled. */
export const busyRefusal = (code: Code): Refusal =>
  new Refusal(code, 'the message is being handled', { 'retry-after': '1' });
