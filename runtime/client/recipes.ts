import { type Outgoing, type SigningValues, signerOf, signOutgoing } from '../signing/index.ts';
import { credentialValue } from './authorize.ts';
import type { AskingSignature } from './client-api.ts';
import { findCredential, misconfigured } from './configuration.ts';
import { redact } from './redact.ts';
import type { Feature, Run, SignedRequest } from './types.ts';

/** Of each call, the id that all its attempts have, by scheme. */
const ids = new WeakMap<Run, Map<string, string>>();

function idOf(run: Run, { name }: AskingSignature): string | undefined {
  return run.options.idempotencyKey ?? ids.get(run)?.get(name);
}

async function sign(run: Run, request: SignedRequest, scheme: AskingSignature): Promise<void> {
  const { ctx, secrets, state } = run;
  const signer = signerOf(scheme, ctx.signers);
  if (!signer) throw misconfigured(ctx.api, `missing the signer ${scheme.name}`);
  const credentials: Record<string, string> = {};
  for (const descriptor of scheme.credentials) {
    if (descriptor.optional && !findCredential(ctx, descriptor)) continue;
    credentials[descriptor.name] = await credentialValue(run, descriptor);
  }
  run.clockOffset = ctx.clockOffset;
  const id = idOf(run, scheme);
  const values: SigningValues = {
    credentials,
    now: ctx.clock.now() + run.clockOffset,
    ...(id !== undefined && { id }),
  };
  // What is to be signed has been read whole, as text or bytes, before.
  const body = request.body as Outgoing['body'];
  const outgoing: Outgoing = { method: state.method, url: request.url, headers: request.headers, body };
  try {
    const { input, message, signature } = await signOutgoing(scheme, signer, outgoing, values);
    secrets.add(signature);
    ids.set(run, (ids.get(run) ?? new Map()).set(scheme.name, input.id));
    request.url = outgoing.url;
    request.body = outgoing.body;
    const text = typeof message === 'string' ? message : new TextDecoder().decode(message);
    request.signatures.push({ scheme, input, signature, message: text });
  } catch (error) {
    throw misconfigured(ctx.api, redact(`signing by ${scheme.name} failed: ${error}`, secrets));
  }
}

/** Signs by recipes and by plugins, with values in any place: bodies, forms, cookies, headers that hold several. */
export const recipes: Feature = { sign };
