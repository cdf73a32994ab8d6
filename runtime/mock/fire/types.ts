import type { Received } from '../exchange.ts';
import type { Sent } from '../send.ts';
import type { ExampleInput, MockProvider } from '../types.ts';

/** One attempt to deliver a message. */
export type DeliveryAttempt = {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Milliseconds. */
  readonly ms: number;
  /** Undefined if there was no response. */
  readonly status: number | undefined;
  /** The reason of the failure; undefined after a success. */
  readonly problem: string | undefined;
};

/** A message that was sent, and all attempts. Secrets are in it. */
export type Delivery = {
  readonly operation: string;
  /** Undefined for a generated message. */
  readonly example: string | undefined;
  readonly messageId: string;
  readonly to: string;
  readonly ok: boolean;
  readonly attempts: readonly DeliveryAttempt[];
  readonly input: ExampleInput;
  /** Of the last attempt. */
  readonly request: Received | undefined;
  readonly response: Sent['response'];
};

/** One fired request, and the response of your server. */
export type FiredCall = {
  readonly operation: string;
  /** For people: `batch 1 of 3, 100 rows`. */
  readonly what: string;
  readonly ok: boolean;
  /** Undefined if there was no response. */
  readonly status: number | undefined;
  readonly body: string;
  /** Milliseconds. */
  readonly ms: number;
  /** The reason of the failure; undefined after a success. */
  readonly problem: string | undefined;
  /** Of a message: the same in all attempts. */
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

/** Which webhooks to send, and where. */
export type FireRequest = {
  readonly provider: MockProvider;
  /** The only URL that is called. */
  readonly to: string;
  readonly count: number;
  readonly user?: string;
  /** operationId; default: what calls you. */
  readonly operation?: string;
  /** Messages a second. Default: each after the response to the one before. */
  readonly rate?: number;
  /** Each event is sent `count` times as one message, with one id. Default false. */
  readonly repeatId?: boolean;
  /** False: each message is sent once. Default true: retried after a failure, according to the contract. */
  readonly retry?: boolean;
  /** By this the contract's waits between attempts are divided. Default 1. */
  readonly speed?: number;
  readonly signal?: AbortSignal;
  /** Of each message, after its last attempt. */
  readonly onDelivery?: (delivery: Delivery) => void;
  /** For tests; default the platform's. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
  readonly onCall?: (call: FiredCall) => void;
};

/** How one provider calls its users' servers. */
export type Fire = (request: FireRequest) => Promise<FireReport>;

/** @throws {TypeError} if the text is not an absolute http(s) URL, or if it contains credentials. */
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

/** An id for a message. */
export const newMessageId = (): string => `msg_${crypto.randomUUID().replaceAll('-', '')}`;
