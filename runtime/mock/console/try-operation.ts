import type { TokenStore } from '../../client/index.ts';
import { own } from '../../contract/index.ts';
import { isSchemaObject } from '../../values/types.ts';
import { bodyText } from '../body-text.ts';
import type { Received } from '../exchange.ts';
import { signedMessage } from '../explain-signature.ts';
import { createMask, presentedSecrets, secretsOf } from '../mask.ts';
import { parse, tokensIn } from '../record.ts';
import { type SendOptions, type Sent, type Spoil, send } from '../send.ts';
import type { ExampleInput, MockOperation, MockProvider } from '../types.ts';
import type { Found } from './asked.ts';
import { fromPageFiles } from './files.ts';
import type { Logins } from './login.ts';
import { type Snippets, writeSnippets } from './snippets.ts';

/** The result of one try. Secrets are masked; in the snippets, they are environment variables. */
export type Tried = {
  readonly request:
    | { readonly method: string; readonly url: string; readonly headers: Pairs; readonly body: string }
    | undefined;
  /** The signed strings, one per signature scheme. */
  readonly signed: readonly { readonly scheme: string; readonly algorithm: string; readonly message: string }[];
  readonly response: { readonly status: number; readonly headers: Pairs; readonly body: string } | undefined;
  readonly ms: number;
  readonly error: string | undefined;
  readonly snippets: Snippets | undefined;
};

type Pairs = Readonly<Record<string, string>>;

/** One call to send. */
export type Attempt = {
  readonly operation: MockOperation;
  readonly input: ExampleInput;
  readonly spoil?: Spoil | undefined;
  readonly prefer?: string | undefined;
  /** The receiver of a webhook. Default: the mock itself. */
  readonly endpoint?: string | undefined;
};

type Options = {
  /** Handles requests in this process. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** npm scope of the generated packages. */
  readonly scope: string;
  /** Tokens of the console's logins. */
  readonly logins: Pick<Logins, 'withTokens'>;
};

/** Signs and sends calls, and returns the requests and responses. */
export function createTry({ fetch, scope, logins }: Options) {
  const tokens = new Map<string, TokenStore>();
  return async ({ provider: plain, baseUrl }: Found, attempt: Attempt): Promise<Tried> => {
    const provider = logins.withTokens(plain);
    const { operation, input, spoil, prefer } = attempt;
    const { descriptor } = operation;
    const endpoint = attempt.endpoint ?? (descriptor.webhook ? `${baseUrl}${descriptor.path}` : undefined);
    const options: SendOptions = {
      provider,
      operation: descriptor.id,
      input,
      baseUrl,
      fetch: (target, init) => fetch(new Request(target, { ...init, duplex: 'half' } as RequestInit)),
      tokenStore: storeOf(tokens, provider.api.provider),
      ...(endpoint !== undefined && { endpoint }),
      ...(prefer && { prefer }),
      ...(spoil && { spoil }),
    };
    const sent = await send(options);
    const unused = spoil || !sent.request ? sent.request : await signAnew(options, sent.request);
    const snippets = unused && writeSnippets({ provider, operation, input, request: unused, baseUrl, scope });
    return { ...(await toTried(provider, operation, sent)), snippets };
  };
}

/** Converts the input that the page sent, with its files. */
export function toInput(asked: unknown): ExampleInput {
  if (!isSchemaObject(asked)) return {};
  const { body, ...parameters } = asked as ExampleInput;
  return body === undefined ? parameters : { ...parameters, body: fromPageFiles(body) };
}

/** Signs the same request again without sending it, so that the copied code has an unused nonce and works. */
async function signAnew(options: SendOptions, sent: Received): Promise<Received> {
  const { request } = await send({ ...options, fetch: async () => new Response(null, { status: 503 }) });
  const isSame = request?.method === sent.method && pathOf(request.url) === pathOf(sent.url);
  return isSame ? request : sent;
}

const pathOf = (url: string): string => url.split('?')[0] ?? '';

function storeOf(stores: Map<string, TokenStore>, name: string): TokenStore {
  const known = stores.get(name);
  if (known) return known;
  const tokens = new Map<string, Awaited<ReturnType<TokenStore['get']>>>();
  const made: TokenStore = { get: (key) => tokens.get(key), set: (key, token) => void tokens.set(key, token) };
  stores.set(name, made);
  return made;
}

async function toTried(
  provider: MockProvider,
  operation: MockOperation,
  { request, response, ms, error }: Sent,
): Promise<Omit<Tried, 'snippets'>> {
  const { api, credentials } = provider;
  const mask = createMask([
    ...secretsOf(api, credentials),
    ...(request ? presentedSecrets(api, request, operation.descriptor) : []),
    ...tokensIn(provider, operation, parse(response?.body ?? '')),
  ]);
  const pairs = (headers: Headers): Pairs =>
    Object.fromEntries([...headers].map(([name, value]) => [name, mask(value)]));
  const messages = new Map<string, string | undefined>();
  for (const name of request ? new Set(operation.descriptor.security.flat()) : []) {
    const scheme = own(api.securitySchemes, name);
    if (scheme?.kind === 'signature' && request) messages.set(name, await signedMessage(provider, scheme, request));
  }
  return {
    request: request && {
      method: request.method,
      url: mask(request.url),
      headers: pairs(request.headers),
      body: mask(bodyText(request.bytes ?? new Uint8Array(), request.headers.get('content-type'))),
    },
    signed: Object.values(api.securitySchemes).flatMap((scheme) => {
      const message = messages.get(scheme.name);
      return scheme.kind !== 'signature' || message === undefined
        ? []
        : [{ scheme: scheme.name, algorithm: scheme.algorithm, message: mask(message) }];
    }),
    response: response && { status: response.status, headers: pairs(response.headers), body: shown(response, mask) },
    ms,
    error: error === undefined ? undefined : mask(error),
  };
}

/** Returns the text of a response. Bytes that are not text are not shown. */
function shown({ headers, body }: NonNullable<Sent['response']>, mask: (text: string) => string): string {
  const type = headers.get('content-type') ?? '';
  return body === '' || /json|text|xml|form|yaml/.test(type) ? mask(body) : `(a body of ${type || 'no media type'})`;
}
