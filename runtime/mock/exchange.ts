import type { ApiDescriptor, Carrier, SignatureScheme } from '../contract/index.ts';
import { parseCookies } from '../server/cookies.ts';
import { headerOf } from '../server/header-of.ts';
import { type CarrierSource, memberText, readCarrierValues, relabelled, textOfBody } from '../signing/index.ts';

/** A request as received, kept for the log and for explanations. */
export type Received = {
  readonly method: string;
  readonly url: string;
  /** Path and query as received, if the platform provides them. */
  readonly target?: string | undefined;
  readonly headers: Headers;
  /** The bytes of the body. Undefined if the body is too large to keep. */
  readonly bytes: Uint8Array | undefined;
};

/** The value of a carrier, without its prefix; undefined if it is missing or empty. */
export const readReceived = (received: Received, carrier: Carrier): string | undefined =>
  readAllReceived(received, carrier)[0];

/** The values of a carrier, which may have several. */
export function readAllReceived(received: Received, carrier: Carrier): readonly string[] {
  const values = readCarrierValues(sourceOf(received), carrier);
  return typeof values === 'string' ? [] : values;
}

/** Whether the carrier has a value with the wrong prefix. */
export const beginsWrong = (received: Received, carrier: Carrier): boolean =>
  readCarrierValues(sourceOf(received), carrier) === 'wrong';

function sourceOf({ url, headers, bytes }: Received): CarrierSource {
  const isForm = headers.get('content-type')?.includes('x-www-form-urlencoded') ?? false;
  const text = (): string => (bytes && textOfBody(bytes)) ?? '';
  const field = (name: string): string | undefined => new URLSearchParams(text()).get(name) ?? undefined;
  return {
    header: (name) => headerOf(headers, name),
    queryValue: (name) => new URL(url).searchParams.getAll(name).find((value) => value !== ''),
    cookie: (name) => parseCookies(headers.get('cookie')).get(name),
    member: (pointer, name) => (isForm && name !== undefined ? field(name) : memberText(text(), pointer)),
    field: (name) => (isForm ? field(name) : undefined),
  };
}

/** Returns the request with the contract's label for its signature (RFC 9421), because each sender chooses the label. */
export function withOwnLabel(received: Received, scheme: SignatureScheme): Received {
  const { packed, signature } = scheme;
  if (!packed?.labelled) return received;
  const source = relabelled(sourceOf(received), scheme);
  const headers = new Headers(received.headers);
  for (const name of [packed.name, signature.name]) {
    const value = source.header(name);
    if (value) headers.set(name, value);
  }
  return { ...received, headers };
}

/** Every location of a secret, a token or a credential in requests of the API. */
export function secretCarriers({ securitySchemes }: ApiDescriptor): readonly Carrier[] {
  return Object.values(securitySchemes).flatMap((scheme) => {
    switch (scheme.kind) {
      case 'session':
        return scheme.carriers;
      case 'signature':
        return scheme.credentials.flatMap(({ secret, carriers }) => (secret ? carriers : []));
      case 'mutualTLS':
        return [];
      default:
        return scheme.credential.secret ? scheme.credential.carriers : [];
    }
  });
}
