import type { MutualTlsScheme } from '../../contract/index.ts';
import { after } from '../after.ts';
import type { Call } from '../call.ts';
import { ConfigurationError } from '../errors.ts';
import { Refusal } from '../refusal.ts';
import type { CertificateLookup } from '../types.ts';
import type { SchemeCheck } from './check.ts';

/** Compiles the check of mutual TLS. Only the connection, or the proxy that ends TLS, knows the caller's certificate. */
export function compileCertificateCheck({ name, refusals }: MutualTlsScheme, source: unknown): SchemeCheck {
  if (typeof source !== 'function') {
    throw new ConfigurationError(
      `The security scheme ${name} requires the caller's certificate: set the option security.${name} to a function of the ` +
        'connection (connection.authorized, connection.certificate) or of the header of a proxy that you trust ' +
        '(context.request.headers) that returns the caller, or null',
    );
  }
  const lookup = source as CertificateLookup<never>;
  // Only the lookup knows whether a certificate was sent.
  const wrong = new Refusal(refusals.invalid, 'a client certificate is required', undefined, 'nothing');
  const late = new Refusal(refusals.expired, 'the client certificate has expired');
  const barred = new Refusal(refusals.forbidden, 'the client certificate is not allowed to do this');
  return (call: Call) =>
    after(lookup(call.connection, call as never), (found) => {
      if (found === null || found === undefined || (found as unknown) === false) return wrong;
      if (found === 'expired') return late;
      return found === 'forbidden' ? barred : { identity: found };
    });
}
