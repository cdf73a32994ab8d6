import type { Received } from '../exchange.ts';
import type { Sent } from '../send.ts';
import type { ExampleInput, MockProvider } from '../types.ts';

/** One attempt to deliver a message. */
export type DeliveryAttempt = {
  /** Start of the attempt, in milliseconds since 1970. */
  readonly at: number;
  /** Duration in milliseconds. */
  readonly ms: number;
  /** HTTP status of the response. Undefined if there was no response. */
  readonly status: number | undefined;
  /** The reason of the failure; undefined after a success. */
  readonly problem: string | undefined;
};

/** A message that was sent, with all attempts. It contains secrets. */
export type Delivery = {
  readonly operation: string;
  /** Name of the example. Undefined for a generated message. */
  readonly example: string | undefined;
  readonly messageId: string;
  readonly to: string;
  readonly ok: boolean;
  readonly attempts: readonly DeliveryAttempt[];
  readonly input: ExampleInput;
  /** The request of the last attempt. */
  readonly request: Received | undefined;
  readonly response: Sent['response'];
};

/** One fired request, and the response of your server. */
export type FiredCall = {
  readonly operation: string;
  /** A description for people: `batch 1 of 3, 100 rows`. */
  readonly what: string;
  readonly ok: boolean;
  /** HTTP status of the response. Undefined if there was no response. */
  readonly status: number | undefined;
  readonly body: string;
  /** Duration in milliseconds. */
  readonly ms: number;
  /** The reason of the failure; undefined after a success. */
  readonly problem: string | undefined;
  /** The id of a message. It is the same in all attempts. */
  readonly messageId?: string;
  readonly attempts?: readonly DeliveryAttempt[];
};

/** The results of sent webhooks. */
export type FireReport = {
  readonly ok: boolean;
  /** The result in one sentence. */
  readonly summary: string;
  /** Additional lines: rules that failed, rows that were rejected. */
  readonly details: readonly string[];
  readonly calls: readonly FiredCall[];
};

/** The webhooks to send, and their receiver. */
export type FireRequest = {
  readonly provider: MockProvider;
  /** The only URL that is called. */
  readonly to: string;
  readonly count: number;
  readonly user?: string;
  /** The operationId. Default: every operation with which the provider calls you. */
  readonly operation?: string;
  /** Messages per second. Default: each message is sent after the response to the previous one. */
  readonly rate?: number;
  /** Whether the `count` requests of an event are one message with one id. Default false. */
  readonly repeatId?: boolean;
  /** Whether messages are retried after a failure, as the contract states. Default true. */
  readonly retry?: boolean;
  /** Divisor of the delays between attempts in the contract. Default 1. */
  readonly speed?: number;
  readonly signal?: AbortSignal;
  /** Called for each message after its last attempt. */
  readonly onDelivery?: (delivery: Delivery) => void;
  /** Sends the requests; for tests. Default: the `fetch` of the platform. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
  readonly onCall?: (call: FiredCall) => void;
};

/** Sends requests to the servers of users, as one provider does. */
export type Fire = (request: FireRequest) => Promise<FireReport>;

/**
 * Checks the URL of a receiver.
 * @throws {TypeError} if the text is not an absolute http(s) URL, or if it contains credentials
 */
export function checkTarget(to: string): string {
  const url = URL.canParse(to) ? new URL(to) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new TypeError(
      `${JSON.stringify(to.slice(0, 200))} is not a valid URL. Expected an absolute URL, such as http://127.0.0.1:3000/path`,
    );
  }
  if (url.username !== '' || url.password !== '') throw new TypeError('The URL must not contain a password.');
  return url.href;
}

/** Creates an id for a message. */
export const newMessageId = (): string => `msg_${crypto.randomUUID().replaceAll('-', '')}`;
