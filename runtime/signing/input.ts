import type { Carrier, SignatureScheme } from '../contract/index.ts';
import type { SigningInput } from './signer.ts';

type Sent = Omit<SignatureScheme, 'refusals'>;

/** Every place where a value of the scheme itself travels. */
export function carriersOf(scheme: Sent): readonly Carrier[] {
  const { signature, timestamp, nonce, credentials } = scheme;
  return [
    signature,
    ...(timestamp ? [timestamp] : []),
    ...(nonce ? [nonce] : []),
    ...credentials.flatMap(({ carriers }) => carriers),
  ];
}

/** Names of the query parameters that a signer of this scheme does not see. */
export function ownQueryNames(scheme: Sent): ReadonlySet<string> {
  return new Set(carriersOf(scheme).flatMap((carrier) => (carrier.in === 'query' ? [carrier.name] : [])));
}

/** What a signer sees of a request whose values are known. */
export function toSigningInput(
  scheme: SignatureScheme,
  request: Omit<SigningInput, 'query' | 'url'> & { readonly url: URL | string },
): SigningInput {
  const url = new URL(request.url);
  const own = ownQueryNames(scheme);
  return { ...request, url, query: [...url.searchParams].filter(([name]) => !own.has(name)) };
}

/** The JSON body without one top-level member, as bytes; the same bytes where it has no such member or is no JSON object. */
export function withoutMember(body: Uint8Array, name: string): Uint8Array {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(body));
  } catch {
    return body;
  }
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return body;
  const { [name]: _, ...rest } = value as Record<string, unknown>;
  return new TextEncoder().encode(JSON.stringify(rest));
}
