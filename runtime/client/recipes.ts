import { type Outgoing, responseFlaw, type SigningValues, signerOf, signOutgoing } from '../signing/index.ts';
import { credentialValue } from './authorize.ts';
import type { AskingSignature } from './client-api.ts';
import { findCredential, misconfigured } from './configuration.ts';
import { UnexpectedResponseError } from './errors/index.ts';
import { readBody } from './read-body.ts';
import { receive } from './receive.ts';
import { redact } from './redact.ts';
import { responseContext } from './response-context.ts';
import type { Feature, Outcome, Run, SignedRequest } from './types.ts';

/** The id that all attempts of a call share, by call and scheme. */
const ids = /* @__PURE__ */ new WeakMap<Run, Map<string, string>>();

function idOf(run: Run, { name }: AskingSignature): string | undefined {
  return run.options.idempotencyKey ?? ids.get(run)?.get(name);
}

async function sign(run: Run, request: SignedRequest, scheme: AskingSignature): Promise<void> {
  const { ctx, secrets, state } = run;
  const signer = signerOf(scheme, ctx.signers);
  if (!signer) throw misconfigured(ctx.api, `the signer ${scheme.name} is missing`);
  const credentials: Record<string, string> = {};
  for (const descriptor of scheme.credentials) {
    if (descriptor.optional && !findCredential(ctx, descriptor)) continue;
    const given = credentialValue(run, descriptor);
    credentials[descriptor.name] = typeof given === 'string' ? given : await given;
  }
  run.clockOffset = ctx.clockOffset;
  const id = scheme.id && idOf(run, scheme);
  const values: SigningValues = {
    credentials,
    now: ctx.clock.now() + run.clockOffset,
    ...(id !== undefined && { id }),
  };
  // The parts to sign were already read in full, as text or bytes.
  const body = request.body as Outgoing['body'];
  const outgoing: Outgoing = { method: state.method, url: request.url, headers: request.headers, body };
  try {
    const { input, message, signature } = await signOutgoing(scheme, signer, outgoing, values);
    secrets.add(signature);
    if (scheme.id) ids.set(run, (ids.get(run) ?? new Map()).set(scheme.name, input.id));
    request.url = outgoing.url;
    request.body = outgoing.body;
    const text = typeof message === 'string' ? message : new TextDecoder().decode(message);
    request.signatures.push({ scheme, input, signature, message: text });
  } catch (error) {
    throw misconfigured(ctx.api, redact(`signing by ${scheme.name} failed: ${error}`, secrets));
  }
}

/** Responses whose signature was verified, for the next reader. */
const signed = new WeakSet<Response>();

/** Reads all bytes of a response and verifies their signature. Undefined if no scheme signs responses. */
function receiveSigned(run: Run, response: Response): Promise<Outcome> | undefined {
  const schemes: NonNullable<AskingSignature['responses']>[] = [];
  for (const names of run.operation.security)
    for (const name of names) {
      const scheme = run.ctx.api.securitySchemes[name];
      if (scheme?.kind === 'signature' && scheme.responses) schemes.push(scheme.responses);
    }
  if (schemes.length === 0 || signed.has(response)) return undefined;
  return verify(run, response, schemes);
}

async function verify(
  run: Run,
  response: Response,
  schemes: readonly NonNullable<AskingSignature['responses']>[],
): Promise<Outcome> {
  const bytes = await readBody(run, response);
  let unsigned = false;
  for (const scheme of schemes) {
    const credentials: Record<string, string> = {};
    for (const descriptor of scheme.credentials)
      if (findCredential(run.ctx, descriptor)) credentials[descriptor.name] = await credentialValue(run, descriptor);
    const now = run.ctx.clock.now() + run.clockOffset;
    const received = {
      method: run.state.method,
      url: run.state.url,
      headers: response.headers,
      body: bytes,
      status: response.status,
    };
    const wrong = await responseFlaw(scheme, received, credentials, now);
    // A failure without a signature may come from an intermediary, such as a proxy.
    if (wrong === 'no signature' && !response.ok) unsigned = true;
    else if (wrong) return { error: new UnexpectedResponseError(wrong, responseContext(run, response)) };
  }
  const { status, statusText, headers } = response;
  const whole = new Response(bytes.length > 0 ? bytes : null, { status, statusText, headers });
  signed.add(whole);
  const outcome = await receive(run, whole);
  // The origin of the failure is not proven, so the provider may have applied the call.
  if (unsigned && outcome.error) Object.assign(outcome.error, { outcome: 'unknown' });
  return outcome;
}

/** Signs by recipes and plugins, with values in any location: bodies, forms, cookies, and headers with several values. */
export const recipes: Feature = { sign, receive: receiveSigned, receiveFailure: receiveSigned };
