import { own } from '../contract/index.ts';
import { authorize } from './authorize.ts';
import { buildRequest, mediaTypeOf } from './build-request.ts';
import type { AnyCall } from './call.ts';
import { DELIVERED, openapiFetch, type Transport } from './draft.ts';
import { ConfigurationError } from './errors/index.ts';
import type { Sendable } from './hooks.ts';
import { contextOf } from './internals.ts';
import type { CallOptions } from './options.ts';
import { createRun } from './perform.ts';
import { redact } from './redact.ts';
import type { CallInput } from './types.ts';

/**
 * The signature of a request in steps, to compare with the provider's own calculation. Secrets and tokens are masked;
 * the signature is shown.
 */
export type Explanation = {
  readonly method: string;
  /** The URL as it would be sent. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The signatures of the request, one per signature scheme. */
  readonly signatures: readonly {
    /** Credentials, timestamp and nonce, by their names in the request. */
    readonly values: Readonly<Record<string, string>>;
    /** The string that was signed. */
    readonly message: string;
    readonly signature: string;
  }[];
  /** Formats the explanation as lines to print. */
  toString(): string;
};

type Input<C> = C extends AnyCall ? Parameters<C>[0] : never;

/**
 * Shows how a client of `createClient` would sign a request. Nothing is sent, and neither hooks nor middleware run. A
 * session without a token shows `(token)`.
 *
 * @throws {CountersignError} the error that a call would return before sending
 * @example
 * ```ts
 * const explanation = await explain(client, 'getPlayerInfo', { body: { username: 'ada' } });
 * console.log(`${explanation}`);
 * ```
 */
export async function explain<Operations extends object, Id extends keyof Operations & string>(
  client: Operations,
  operation: Id,
  input?: Input<Operations[Id]>,
  options: CallOptions = {},
): Promise<Explanation> {
  const ctx = contextOf(client);
  const handle = own(ctx?.handles, operation);
  if (!ctx || !handle)
    throw new ConfigurationError(`the client does not have the operation ${operation}`, {
      provider: '',
      operation,
      attempts: 0,
      elapsed: 0,
    });
  const run = createRun(ctx, handle, (input ?? {}) as CallInput, options, { dry: true });
  const mask = (text: string) => redact(text, run.secrets);
  const maskAll = (texts: Iterable<readonly [string, string]>) =>
    Object.fromEntries([...texts].map(([name, text]) => [name, mask(text)]));
  let parts: Omit<Explanation, 'toString'> | undefined;
  const init = await buildRequest(run, mediaTypeOf(run));
  const note: Transport = async ({ url, headers, body }) => {
    Object.assign(run.state, { url, headers, body });
    const request = await authorize(run);
    for (const { signature } of request.signatures) run.secrets.delete(signature);
    parts = {
      method: run.state.method,
      url: mask(request.url),
      headers: maskAll(request.headers),
      body: typeof request.body === 'string' ? mask(request.body) : describeBytes(request.body),
      signatures: request.signatures.map(({ scheme, input, message, signature }) => ({
        values: maskAll(
          [
            ...scheme.credentials.map((c) => [c.carriers[0]?.name ?? c.name, input.credentials[c.name] ?? ''] as const),
            [scheme.timestamp?.name ?? '', input.timestamp] as const,
            [scheme.nonce?.name ?? '', input.nonce] as const,
          ].filter(([name]) => name),
        ),
        message: mask(message),
        signature,
      })),
    };
    return DELIVERED;
  };
  await openapiFetch(run.state.method, run.operation.path, { ...init, fetch: note });
  const shown = parts as unknown as Omit<Explanation, 'toString'>;
  return { ...shown, toString: () => print(shown) };
}

const describeBytes = (body: Exclude<Sendable, string> | undefined): string =>
  body instanceof ReadableStream ? 'a stream' : `${(body instanceof Blob ? body.size : body?.length) ?? 0} bytes`;

function print({ method, url, signatures }: Omit<Explanation, 'toString'>): string {
  return [
    ...signatures.flatMap(({ values, message, signature }) => [
      ...Object.entries(values),
      ['string signed', message],
      ['signature', signature],
    ]),
    ['request', `${method} ${url}`],
  ]
    .map(([name, text]) => `${name} = ${text}`)
    .join('\n');
}
