import type { Carrier, CredentialDescriptor, SignatureScheme } from '../contract/index.ts';
import { formatTimestamp, makeNonce, ownQueryNames, type SigningInput, toBytes } from '../signing/index.ts';
import { credentialsOf, findCredential, missingCredentials } from './configuration.ts';
import { within } from './deadline.ts';
import { ConfigurationError } from './errors/index.ts';
import { logIn } from './log-in.ts';
import { redact } from './redact.ts';
import { errorContext, type Run } from './run.ts';

/** What is sent, and what an integrator asks to see of how it was signed. */
export type SignedRequest = {
  url: string;
  readonly headers: Headers;
  body: string | Uint8Array<ArrayBuffer> | undefined;
  readonly signatures: {
    readonly scheme: string;
    readonly input: SigningInput;
    readonly message: string;
    readonly signature: string;
  }[];
};

/** The first alternative whose credentials are all there; none where the operation may go without. */
function chooseSecurity({ ctx, operation, loginOf }: Run): readonly string[] {
  const { security } = operation;
  const alternatives = security.filter((names) => loginOf === undefined || !names.includes(loginOf));
  const missing = (names: readonly string[]) =>
    names.flatMap((name) => credentialsOf(ctx.api.securitySchemes[name])).filter((c) => !findCredential(ctx, c));
  const chosen = alternatives.find((names) => names.length > 0 && missing(names).length === 0);
  if (chosen || alternatives.length === 0 || alternatives.some((names) => names.length === 0)) return chosen ?? [];
  throw missingCredentials(ctx.api, missing(alternatives[0] ?? []));
}

async function credentialValue(run: Run, descriptor: CredentialDescriptor): Promise<string> {
  const given = findCredential(run.ctx, descriptor);
  const value = typeof given === 'function' ? await within(run, Infinity, async () => given()) : given;
  if (!value) throw missingCredentials(run.ctx.api, [descriptor]);
  if (descriptor.secret) run.secrets.add(value);
  return value;
}

function addToBody(body: SignedRequest['body'], name: string, value: string, contentType: string | null): string {
  const text = typeof body === 'string' ? body : '';
  if (contentType === 'application/x-www-form-urlencoded')
    return `${text && `${text}&`}${new URLSearchParams({ [name]: value })}`;
  if (body !== undefined && (typeof body !== 'string' || !/^\s*\{/.test(body))) {
    throw new ConfigurationError(`The value ${name} travels in the body, and this body has no members.`);
  }
  return JSON.stringify({ ...JSON.parse(text || '{}'), [name]: value });
}

export function place(
  request: Pick<SignedRequest, 'url' | 'headers' | 'body'>,
  { in: within, name, prefix = '' }: Carrier,
  value: string,
): void {
  const text = prefix + value;
  switch (within) {
    case 'header':
      // The engine's own error would quote the value.
      if (/[^\t\x20-\xff]/.test(text)) throw new ConfigurationError(`The value for header ${name} is not a legal one.`);
      request.headers.set(name, text);
      break;
    case 'query':
      request.url += `${request.url.includes('?') ? '&' : '?'}${encodeURIComponent(name)}=${encodeURIComponent(text)}`;
      break;
    case 'cookie': {
      const others = request.headers.get('cookie');
      request.headers.set('cookie', `${others ? `${others}; ` : ''}${name}=${encodeURIComponent(text)}`);
      break;
    }
    case 'body':
      request.body = addToBody(request.body, name, text, request.headers.get('content-type'));
      request.headers.has('content-type') || request.headers.set('content-type', 'application/json');
  }
}

async function sign(run: Run, request: SignedRequest, scheme: SignatureScheme): Promise<void> {
  const { ctx, state } = run;
  const signer = ctx.signers[scheme.signer];
  if (!signer) throw new ConfigurationError(`${ctx.api.title} client has no signer ${scheme.signer}.`);
  const credentials: Record<string, string> = {};
  for (const descriptor of scheme.credentials) {
    const value = await credentialValue(run, descriptor);
    credentials[descriptor.name] = value;
    if (descriptor.carriers[0]) place(request, descriptor.carriers[0], value);
  }
  const timestamp = scheme.timestamp
    ? formatTimestamp(ctx.clock.now() + ctx.clockOffset, scheme.timestamp.units[0] ?? 's')
    : '';
  if (scheme.timestamp) place(request, scheme.timestamp, timestamp);
  const nonce = scheme.nonce ? makeNonce(scheme.nonce.bytes) : '';
  if (scheme.nonce) place(request, scheme.nonce, nonce);
  const { body, headers } = request;
  const url = new URL(request.url);
  const own = ownQueryNames(scheme);
  const input: SigningInput = {
    method: state.method,
    url,
    headers,
    timestamp,
    nonce,
    credentials,
    // Not every signer looks at these.
    get query() {
      return [...url.searchParams].filter(([name]) => !own.has(name));
    },
    get body() {
      return toBytes(body ?? '');
    },
  };
  let message: string | Uint8Array;
  let signature: string;
  try {
    message = signer.stringToSign(input);
    signature = await signer.sign(message, input);
  } catch (error) {
    const reason = redact(error instanceof Error ? error.message : String(error), run.secrets);
    throw new ConfigurationError(
      `${ctx.api.title} client: signer ${scheme.signer} failed: ${reason}`,
      errorContext(run),
    );
  }
  run.secrets.add(signature);
  place(request, scheme.signature, signature);
  const text = typeof message === 'string' ? message : new TextDecoder().decode(message);
  request.signatures.push({ scheme: scheme.name, input, message: text, signature });
}

/** Adds credentials and tokens, then signs: last of all, anew for each attempt, over exactly what is sent. */
export async function authorize(run: Run): Promise<SignedRequest> {
  const { ctx, state } = run;
  const request: SignedRequest = {
    url: state.url,
    headers: new Headers(state.headers),
    body: state.body,
    signatures: [],
  };
  const signing: SignatureScheme[] = [];
  for (const name of chooseSecurity(run)) {
    const scheme = ctx.api.securitySchemes[name];
    if (scheme?.kind === 'signature') signing.push(scheme);
    else if (scheme?.kind === 'session') {
      const token = await logIn(run, scheme.name);
      run.secrets.add(token);
      if (scheme.carriers[0]) place(request, scheme.carriers[0], token);
    } else if (scheme) {
      const value = await credentialValue(run, scheme.credential);
      const text = scheme.kind === 'basic' ? btoa(String.fromCharCode(...toBytes(value))) : value;
      if (scheme.kind === 'basic') run.secrets.add(text);
      if (scheme.credential.carriers[0]) place(request, scheme.credential.carriers[0], text);
    }
  }
  for (const scheme of signing) await sign(run, request, scheme);
  return request;
}
