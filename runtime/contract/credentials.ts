import type { CredentialDescriptor, SecuritySchemeDescriptor } from './descriptors.ts';

/** The values that callers of a scheme have. A session, whose token is issued, and mutual TLS have none. */
export function credentialsIn(
  scheme: Pick<SecuritySchemeDescriptor, 'kind'> & {
    readonly credentials?: readonly CredentialDescriptor[];
    readonly credential?: CredentialDescriptor;
  },
): readonly CredentialDescriptor[] {
  return scheme.credentials ?? (scheme.credential ? [scheme.credential] : []);
}
