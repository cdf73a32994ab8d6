import { createMask, secretsOf } from '../mask.ts';
import type { MockProvider } from '../types.ts';
import { deliver, type Message } from './deliver.ts';
import { type Delivery, newMessageId } from './types.ts';

/** One message in the delivery log. Secrets are masked. */
export type DeliveryEntry = {
  readonly id: string;
  readonly provider: string;
  readonly operation: string;
  /** Name of the example. Undefined for a generated message. */
  readonly example: string | undefined;
  /** The id of the message. It stays the same when the message is sent again. */
  readonly messageId: string;
  readonly to: string;
  readonly ok: boolean;
  readonly attempts: Delivery['attempts'];
  readonly request: { readonly headers: Readonly<Record<string, string>>; readonly body: string } | undefined;
  readonly response:
    | { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }
    | undefined;
  /** The id of the entry that was sent again. */
  readonly resent: string | undefined;
};

/** The delivery log: the last messages, which can be sent again. */
export type Deliveries = {
  /** Returns the messages, the newest last. */
  recent(): readonly DeliveryEntry[];
  add(provider: MockProvider, delivery: Delivery, resent?: string): DeliveryEntry;
  /** Sends the same message with the same id and a new signature. Undefined if the message is no longer stored. */
  resend(id: string, provider: MockProvider, fetch?: Message['fetch']): Promise<DeliveryEntry | undefined>;
  find(id: string): DeliveryEntry | undefined;
  clear(): void;
};

/** Number of stored messages. The oldest are removed first. */
const MOST = 200;
/** Maximum number of characters of a body in the log. */
const LONGEST = 16_384;

/** Creates an empty delivery log. */
export function createDeliveries(): Deliveries {
  let kept: { readonly entry: DeliveryEntry; readonly delivery: Delivery }[] = [];
  const deliveries: Deliveries = {
    recent: () => kept.map(({ entry }) => entry),
    find: (id) => kept.find(({ entry }) => entry.id === id)?.entry,
    clear: () => {
      kept = [];
    },
    add(provider, delivery, resent) {
      const mask = createMask(secretsOf(provider.api, provider.credentials));
      const headersOf = (headers: Headers) =>
        Object.fromEntries([...headers].map(([name, value]) => [name, mask(value)]));
      const { operation, example, messageId, to, ok, attempts, request, response } = delivery;
      const entry: DeliveryEntry = {
        id: newMessageId(),
        provider: provider.api.provider,
        operation,
        example,
        messageId,
        to: mask(to),
        ok,
        attempts,
        request: request && {
          headers: headersOf(request.headers),
          body: mask(new TextDecoder().decode(request.bytes)).slice(0, LONGEST),
        },
        response: response && {
          status: response.status,
          headers: headersOf(response.headers),
          body: mask(response.body).slice(0, LONGEST),
        },
        resent,
      };
      kept = [...kept.slice(1 - MOST), { entry, delivery }];
      return entry;
    },
    async resend(id, provider, fetch) {
      const found = kept.find(({ entry }) => entry.id === id);
      const operation = provider.operations.find(({ descriptor }) => descriptor.id === found?.delivery.operation);
      if (!found || !operation) return undefined;
      const { input, example, to, messageId } = found.delivery;
      const again = await deliver({
        provider,
        operation,
        input,
        example,
        to,
        messageId,
        retry: false,
        ...(fetch && { fetch }),
      });
      return deliveries.add(provider, again, id);
    },
  };
  return deliveries;
}
