import {
  bodies,
  type ClientOptions,
  createClient,
  type Feature,
  media,
  parts,
  recipes,
  styles,
  type TokenStore,
  wholeQueries,
} from '../client/index.ts';
import type { SecuritySchemeDescriptor } from '../contract/index.ts';
import type { Received } from './exchange.ts';
import type { ExampleInput, MockProvider } from './types.ts';

/** Sends an intentionally invalid request, to show how it is rejected. */
export type Spoil = 'signature' | 'timestamp' | 'credentials' | 'replay';

/** The errors that can be added to a request intentionally. */
export const SPOILS: readonly Spoil[] = ['credentials', 'timestamp', 'signature', 'replay'];

/** The request that the console sends, and its target. */
export type SendOptions = {
  readonly provider: MockProvider;
  /** The operationId. */
  readonly operation: string;
  readonly input: ExampleInput;
  /** The base URL without a trailing slash. */
  readonly baseUrl: string;
  /** The full URL, for operations whose URL the receiver chooses. */
  readonly endpoint?: string;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly prefer?: string;
  readonly spoil?: Spoil;
  /** Stores tokens between requests. */
  readonly tokenStore?: TokenStore;
  /** Timeout in milliseconds. */
  readonly timeout?: number;
  /** Id of the message. It is the same when the message is sent again. Default: a new one. */
  readonly messageId?: string;
};

/** A request that the console sent, and its response. */
export type Sent = {
  /** The request as sent, including secrets. Undefined if nothing was sent. */
  readonly request: Received | undefined;
  readonly response: { readonly status: number; readonly headers: Headers; readonly body: string } | undefined;
  /** Duration of the last request in milliseconds. */
  readonly ms: number;
  /** How the client interprets the response. */
  readonly error: string | undefined;
};

const DAY = 86_400_000;

/** Sends one call with the client that is generated for the provider. All bytes are kept. */
export async function send(options: SendOptions): Promise<Sent> {
  const { provider, operation, input, prefer, spoil, timeout = 30_000, messageId } = options;
  let request: Received | undefined;
  let response: Sent['response'];
  let ms = 0;
  const once = async (url: string, init: RequestInit): Promise<Response> => {
    const start = performance.now();
    const bytes = await toBytes(init.body);
    request = { method: init.method ?? 'GET', url, headers: new Headers(init.headers), bytes };
    response = undefined;
    let received: Response;
    let body: string;
    try {
      // The stream was read for the log, so its bytes are sent instead.
      received = await options.fetch(
        url,
        init.body instanceof ReadableStream ? { ...init, body: bytes as BodyInit } : init,
      );
      body = await received.text();
    } finally {
      ms = performance.now() - start;
    }
    response = { status: received.status, headers: received.headers, body };
    const empty = [101, 204, 205, 304].includes(received.status);
    const headers = new Headers(received.headers);
    // The client would use this header to correct its clock and to retry.
    if (spoil === 'timestamp') headers.delete('date');
    return new Response(empty ? null : body, { status: received.status, headers });
  };
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    if (spoil === 'replay') await once(url, init);
    return once(url, init);
  };
  const client = createClient<Calls>(
    {
      api: provider.api,
      operations: Object.fromEntries(
        // The mock serves all servers of an operation at the same address.
        provider.operations.map(({ descriptor: { server: _, ...descriptor } }) => [descriptor.id, descriptor]),
      ),
      signers: provider.signers,
      features: [bodies, media, parts, stylesOf(provider), xml, signing(spoil, messageId)],
    },
    clientOptions(options, fetch, timeout),
  );
  const call = client[operation];
  if (!call) throw new Error(`The operation ${operation} does not exist.`);
  const { error } = await call(input, {
    ...(prefer && { headers: { prefer } }),
    ...(messageId !== undefined && { idempotencyKey: messageId }),
  });
  return { request, response, ms, error: error?.message };
}

type Calls = Record<
  string,
  (input: ExampleInput, options: object) => Promise<{ readonly error?: { readonly message: string } }>
>;

function clientOptions(
  { provider, spoil, baseUrl, endpoint, tokenStore }: SendOptions,
  fetch: ClientOptions['fetch'],
  timeout: number,
): ClientOptions {
  const wrong = Object.fromEntries(Object.keys(provider.credentials).map((name) => [name, 'wrong-on-purpose:wrong']));
  return {
    baseUrl,
    ...(endpoint !== undefined && { endpoint }),
    credentials: spoil === 'credentials' ? wrong : provider.credentials,
    environment: {},
    fetch,
    retry: false,
    timeout: { attempt: timeout, call: timeout * 2 },
    // The user wants to see the provider's response to invalid input.
    validation: { input: 'off', responses: 'off' },
    logger: { debug() {}, warn() {} },
    // Tokens for wrong credentials must not be stored.
    ...(tokenStore && spoil === undefined && { tokenStore }),
    ...(spoil === 'timestamp' && { clock: { now: () => Date.now() - DAY } }),
  };
}

/** The feature that writes parameters. OpenAPI 3.2 has parameters that `styles` cannot write. */
const stylesOf = ({ document }: MockProvider): Feature =>
  'openapi' in document && String(document.openapi).startsWith('3.2') ? wholeQueries : styles;

const xml: Feature = { xml: () => import('../xml/index.ts') };

function signing(spoil: Spoil | undefined, messageId: string | undefined): Feature {
  if (spoil === 'signature') return spoiled;
  return messageId === undefined ? recipes : withMessageId;
}

/**
 * Uses the message id as the nonce if the nonce does not prevent replays, so that it is the same when the message is
 * sent again.
 */
const withMessageId: Feature = {
  ...recipes,
  sign: (run, request, scheme) => {
    const { nonce, ...rest } = scheme;
    const declared = run.ctx.api.securitySchemes[scheme.name] as SecuritySchemeDescriptor | undefined;
    const isReplayed = declared?.kind !== 'signature' || declared.replay !== 'none';
    const isId = nonce !== undefined && !scheme.id && !isReplayed;
    return recipes.sign?.(run, request, isId ? ({ ...rest, id: nonce } as typeof scheme) : scheme) ?? Promise.resolve();
  },
};

/** Signs, and then reverses each signature in the request. */
const spoiled: Feature = {
  async sign(run, request, scheme) {
    await recipes.sign?.(run, request, scheme);
    const made = request.signatures.at(-1)?.signature ?? '';
    const wrong = [...made].reverse().join('');
    const forms = [made, encodeURIComponent(made), new URLSearchParams({ v: made }).toString().slice(2)];
    const spoil = (text: string): string => forms.reduce((all, form) => all.replaceAll(form, wrong), text);
    request.url = spoil(request.url);
    for (const [name, value] of request.headers) request.headers.set(name, spoil(value));
    if (typeof request.body === 'string') request.body = spoil(request.body);
  },
};

async function toBytes(body: RequestInit['body'] | undefined): Promise<Uint8Array> {
  if (typeof body === 'string') return new TextEncoder().encode(body);
  if (body instanceof Uint8Array) return body;
  return body ? new Uint8Array(await new Response(body).arrayBuffer()) : new Uint8Array();
}
