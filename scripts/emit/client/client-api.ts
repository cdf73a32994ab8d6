import type { ClientApi } from '../../../runtime/client/client-api.ts';
import type { ApiDescriptor, CredentialDescriptor, SecuritySchemeDescriptor } from '../../../runtime/contract/index.ts';

const mapValues = <From, To>(from: { readonly [name: string]: From }, to: (value: From) => To) =>
  Object.fromEntries(Object.entries(from).map(([name, value]) => [name, to(value)]));

/** A client sends it at the location of the first carrier. A server also accepts the others. */
const oneCarrier = ({ pair, form: _, signs, ...credential }: CredentialDescriptor) => ({
  ...credential,
  // A client has the public key of a pair that signs responses.
  ...(signs && pair && { env: `${credential.env}_PUBLIC` }),
  carriers: credential.carriers.slice(0, 1),
});

function withoutServer({ refusals: _, ...scheme }: SecuritySchemeDescriptor): ClientApi['securitySchemes'][string] {
  if (scheme.kind === 'session') return { ...scheme, carriers: scheme.carriers.slice(0, 1) };
  if (scheme.kind === 'signature') {
    const { algorithm: __, ambiguous: ___, challenge: ____, replay: _____, ...asking } = scheme;
    return { ...asking, credentials: scheme.credentials.map(oneCarrier) };
  }
  if (scheme.kind === 'mutualTLS') return scheme;
  return { ...scheme, credential: oneCarrier(scheme.credential) };
}

/** The part of a contract that goes into the client's bundle. */
export function clientApi({ provider, baseUrl, server, envelope, securitySchemes, timeout }: ApiDescriptor): ClientApi {
  const { code, success, message, data, errors } = envelope;
  return {
    provider,
    baseUrl,
    ...(server && { server }),
    envelope: {
      code,
      success,
      ...(message !== undefined && { message }),
      ...(data !== undefined && { data }),
      errors: mapValues(errors, ({ retry, clockSkew }) => ({ retry, ...(clockSkew !== undefined && { clockSkew }) })),
    },
    securitySchemes: mapValues(securitySchemes, withoutServer),
    ...(timeout && { timeout }),
  };
}
