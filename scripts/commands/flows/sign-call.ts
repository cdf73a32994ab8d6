import {
  type Carrier,
  type CredentialDescriptor,
  credentialsIn,
  type SignatureScheme,
} from '@countersign/runtime/contract';
import { carriersOf, signerOf, signOutgoing, toBase64, toBytes } from '@countersign/runtime/signing';
import { type OutgoingCall, putCarrier, readCarrier } from './carriers.ts';
import { placeholder } from './prepare-flows.ts';
import type { FlowProvider } from './types.ts';

type Security = readonly string[];

/**
 * Adds the missing values that the security schemes of an operation need. Values that a step sets itself stay
 * unchanged, even invalid ones, and are signed. The flow manages the tokens of a session itself.
 */
export async function signCall(call: OutgoingCall, operationId: string, provider: FlowProvider): Promise<void> {
  const names = chooseSecurity(call, provider.operations[operationId]?.security ?? [], provider);
  const schemes = names.flatMap((name) => provider.api.securitySchemes[name] ?? []);
  for (const scheme of schemes) {
    if (!('credential' in scheme)) continue;
    const { credential, kind } = scheme;
    const value = provider.credentials[credential.name];
    if (value === undefined || credential.carriers.some((carrier) => given(call, carrier, credential))) continue;
    putCarrier(call, credential.carriers[0], kind === 'basic' ? toBase64(toBytes(value)) : value);
  }
  // Last, because a signature may cover all of the others.
  for (const scheme of schemes) if (scheme.kind === 'signature') await sign(call, scheme, provider);
}

/** The value at a carrier of the call. A placeholder counts as missing. */
function given(call: OutgoingCall, carrier: Carrier, credential?: CredentialDescriptor): string | undefined {
  const text = readCarrier(call, carrier);
  return credential !== undefined && text === placeholder(credential.name) ? undefined : text || undefined;
}

/** The alternative for which the call already has values, or the first one whose credentials are all known. */
function chooseSecurity(call: OutgoingCall, alternatives: readonly Security[], provider: FlowProvider): Security {
  const { api, credentials } = provider;
  const begun = (name: string): boolean => {
    const scheme = api.securitySchemes[name];
    if (scheme === undefined) return false;
    if (scheme.kind === 'session') return scheme.carriers.some((carrier) => readCarrier(call, carrier));
    const carriers = scheme.kind === 'signature' ? carriersOf(scheme) : credentialsIn(scheme)[0]?.carriers;
    return carriers?.some((carrier) => readCarrier(call, carrier)) ?? false;
  };
  const known = (name: string): boolean => {
    const scheme = api.securitySchemes[name];
    if (scheme === undefined) return true;
    return credentialsIn(scheme).every((credential) => credentials[credential.name] !== undefined);
  };
  return alternatives.find((names) => names.some(begun)) ?? alternatives.find((names) => names.every(known)) ?? [];
}

async function sign(call: OutgoingCall, scheme: SignatureScheme, provider: FlowProvider): Promise<void> {
  const signer = signerOf(scheme, provider.signers);
  if (signer === undefined) throw new Error(`${provider.provider} has no signer ${scheme.signer}`);
  for (const credential of scheme.credentials) {
    const [carrier] = credential.carriers;
    if (carrier && !carrier.part && given(call, carrier, credential) === undefined)
      putCarrier(call, carrier, provider.credentials[credential.name] ?? '');
  }
  const { credentials } = provider;
  const outgoing = {
    method: call.method,
    url: call.url.href,
    headers: call.headers,
    body: call.body as OutgoingCall['body'],
  };
  const request = { ...outgoing } as Parameters<typeof signOutgoing>[2];
  await signOutgoing(scheme, signer, request, { credentials, now: Date.now(), keep: true });
  call.url.href = request.url;
  if (request.body !== undefined) call.body = new Uint8Array(toBytes(request.body));
}
