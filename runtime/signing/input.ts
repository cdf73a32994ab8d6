import type { Carrier, SignatureScheme } from '../contract/index.ts';
import type { SigningInput } from './signer.ts';

type Sent = Omit<SignatureScheme, 'refusals'>;

/** Every place where a value of the scheme itself travels. */
export function carriersOf(scheme: Sent): readonly Carrier[] {
  const { signature, timestamp, nonce, id, credentials } = scheme;
  return [signature, timestamp, nonce, id, ...credentials.flatMap(({ carriers }) => carriers)].filter(
    (carrier) => carrier !== undefined,
  );
}

/** Names of the query parameters that a signer of this scheme does not see. */
export function ownQueryNames(scheme: Sent): ReadonlySet<string> {
  return new Set(carriersOf(scheme).flatMap((carrier) => (carrier.in === 'query' ? [carrier.name] : [])));
}

/** Path and query of an absolute URL, byte for byte. */
export const targetOf = (url: string): string => /^[a-z][\w+.-]*:\/\/[^/?#]*([^#]*)/i.exec(url)?.[1] || '/';

type Given = Omit<SigningInput, 'query' | 'url' | 'target' | 'nonce' | 'id' | 'packed' | 'now' | 'timestamp'> & {
  readonly url: URL | string;
} & Partial<Pick<SigningInput, 'target' | 'nonce' | 'id' | 'packed' | 'now' | 'timestamp'>>;

/** What a signer sees of a request whose values are known. */
export function toSigningInput(scheme: Sent, request: Given): SigningInput {
  const url = new URL(request.url);
  const own = ownQueryNames(scheme);
  const { id = '', nonce = id, timestamp = '', packed = '', now = 0 } = request;
  return {
    ...request,
    url,
    target: request.target ?? targetOf(url.href),
    timestamp,
    nonce,
    id,
    packed,
    now,
    query: [...url.searchParams].filter(([name]) => !own.has(name)),
  };
}
