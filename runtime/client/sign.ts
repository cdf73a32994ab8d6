import { own, type TimestampUnit } from '../contract/index.ts';
import {
  formatTimestamp,
  makeNonce,
  ownQueryNames,
  type SigningInput,
  targetOf,
  toBodyText,
  toBytes,
} from '../signing/index.ts';
import { credentialValue } from './authorize.ts';
import type { AskingSignature } from './client-api.ts';
import { misconfigured } from './configuration.ts';
import { place } from './place.ts';
import { redact } from './redact.ts';
import type { Feature, Run, SignedRequest } from './types.ts';

type Known = Pick<SigningInput, 'method' | 'timestamp' | 'nonce' | 'now'> & {
  readonly credentials: Record<string, string>;
};

/**
 * Computes values on first use, because not every signer needs them. It is a class because accessors of an object
 * literal are slow to create.
 */
class Input implements SigningInput {
  readonly method: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly now: number;
  readonly credentials: Record<string, string>;
  readonly id = '';
  readonly packed = '';
  readonly #request: SignedRequest;
  readonly #scheme: AskingSignature;
  #url: URL | undefined;

  constructor(request: SignedRequest, scheme: AskingSignature, values: Known) {
    this.#request = request;
    this.#scheme = scheme;
    // Properties are copied one by one, because `Object.assign` takes longer than the rest of this function.
    this.method = values.method;
    this.timestamp = values.timestamp;
    this.nonce = values.nonce;
    this.now = values.now;
    this.credentials = values.credentials;
  }

  get url() {
    this.#url ??= new URL(this.#request.url);
    // A value that the caller put at the location of the signature is not signed.
    const { in: within, name } = this.#scheme.signature;
    if (within === 'query' && this.#url.searchParams.has(name)) this.#url.searchParams.delete(name);
    return this.#url;
  }
  get target() {
    return targetOf(this.url.href);
  }
  get headers() {
    return this.#request.headers;
  }
  get query() {
    const own = ownQueryNames(this.#scheme);
    return [...this.url.searchParams].filter(([member]) => !own.has(member));
  }
  get body() {
    return toBytes(this.#content);
  }
  get bodyText() {
    return toBodyText(this.#content);
  }
  get #content() {
    // Bodies of signed operations are never streams, because the signature covers all bytes.
    return (this.#request.body ?? '') as string | Uint8Array;
  }
}

async function sign(run: Run, request: SignedRequest, scheme: AskingSignature): Promise<void> {
  const { api, clock, signers } = run.ctx;
  const { name, timestamp: time, nonce: once } = scheme;
  const signer = own(signers, name);
  if (!signer) throw misconfigured(api, `the signer ${name} is missing`);
  const credentials: Record<string, string> = {};
  for (const descriptor of scheme.credentials) {
    const given = credentialValue(run, descriptor);
    const value = typeof given === 'string' ? given : await given;
    credentials[descriptor.name] = value;
    place(run, request, descriptor.carriers[0], value);
  }
  run.clockOffset = run.ctx.clockOffset;
  const now = clock.now() + run.clockOffset;
  const timestamp = time ? formatTimestamp(now, time.units[0] as TimestampUnit) : '';
  place(run, request, time, timestamp);
  const nonce = once ? makeNonce(once.bytes) : '';
  place(run, request, once, nonce);
  const input = new Input(request, scheme, { method: run.state.method, now, timestamp, nonce, credentials });
  try {
    const message = signer.stringToSign(input);
    const signature = await signer.sign(message, input);
    run.secrets.add(signature);
    place(run, request, scheme.signature, signature);
    request.signatures.push({
      scheme,
      input,
      signature,
      message: typeof message === 'string' ? message : new TextDecoder().decode(message),
    });
  } catch (error) {
    throw misconfigured(api, redact(`the signer ${name} failed: ${error}`, run.secrets));
  }
}

/** Signs requests by a plugin, with values in headers and the query. Other schemes need the feature `recipes`. */
export const signing: Feature = { sign };
