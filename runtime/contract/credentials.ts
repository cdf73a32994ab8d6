import type { CredentialDescriptor, SecuritySchemeDescriptor } from './descriptors.ts';

/** The credentials that callers of a scheme need. A session, whose token is issued, and mutual TLS need none. */
export function credentialsIn(
  scheme: Pick<SecuritySchemeDescriptor, 'kind'> & {
    readonly credentials?: readonly CredentialDescriptor[];
    readonly credential?: CredentialDescriptor;
  },
): readonly CredentialDescriptor[] {
  return scheme.credentials ?? (scheme.credential ? [scheme.credential] : []);
}
