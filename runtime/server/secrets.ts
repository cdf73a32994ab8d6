import { type ApiDescriptor, type Carrier, credentialsIn, own, type ParameterDescriptor } from '../contract/index.ts';
import type { Call } from './call.ts';
import { readCarrier } from './carriers.ts';
import { decodeComponent } from './query.ts';
import { secretValues } from './secret-values.ts';

type Place = { readonly carrier: Carrier; readonly basic: boolean };

/**
 * Compiles the function that returns every text that a log about a call must not contain: received secrets, results of
 * lookups, and configured values.
 */
export function compileSecrets(api: ApiDescriptor, configured: readonly string[]): (call: Call) => readonly string[] {
  const places = Object.values(api.securitySchemes).flatMap((scheme): Place[] => {
    switch (scheme.kind) {
      case 'session':
        return scheme.carriers.map((carrier) => ({ carrier, basic: false }));
      case 'signature': {
        const carriers = scheme.credentials.filter(({ secret }) => secret).flatMap(({ carriers }) => carriers);
        return [scheme.signature, ...carriers].map((carrier) => ({ carrier, basic: false }));
      }
      case 'mutualTLS':
        return [];
      default: {
        const carriers = scheme.credential.secret ? scheme.credential.carriers : [];
        return carriers.map((carrier) => ({ carrier, basic: scheme.kind === 'basic' }));
      }
    }
  });
  const names = new Set(api.secretNames);
  const authorization: Place = { carrier: { in: 'header', name: 'authorization' }, basic: false };
  return (call) => {
    const presented = [authorization, ...places].flatMap(({ carrier, basic }) => {
      const { prefix: _, ...bare } = carrier;
      const text = readCarrier(call, carrier) ?? readCarrier(call, bare);
      return text === undefined ? [] : [text, text.slice(text.indexOf(' ') + 1), ...(basic ? parts(text) : [])];
    });
    const given = call.operation.parameters.flatMap((parameter) =>
      parameter.secret || names.has(parameter.name) ? textsOf(call, parameter) : [],
    );
    // Longer secrets come first, because a secret that contains another must be masked as a whole.
    const all = [...presented, ...given, ...secretValues(call.bytes, names), ...call.foundSecrets, ...configured];
    return [...new Set(all)].sort((a, b) => b.length - a.length);
  };
}

/** The value of a parameter as received, and decoded. */
function textsOf(call: Call, { in: place, name }: ParameterDescriptor): string[] {
  const carrier = place === 'querystring' ? 'query' : place;
  const text = carrier === 'path' ? call.path[name] : readCarrier(call, { in: carrier, name });
  return text === undefined ? [] : [text, decodeComponent(text)];
}

/** The pair and the password of a Basic credential. */
function parts(text: string): string[] {
  try {
    const pair = atob(text);
    return [pair, pair.slice(pair.indexOf(':') + 1)];
  } catch {
    return [];
  }
}

/** Values from options or the environment. */
export function configuredSecrets(
  api: ApiDescriptor,
  sources: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  return Object.values(api.securitySchemes).flatMap((scheme) => {
    const source = own(sources, scheme.name);
    const secret = credentialsIn(scheme).filter((credential) => credential.secret);
    if (source === undefined) return secret.flatMap(({ env }) => environment[env] ?? []);
    return [source].flat().flatMap((given: unknown) => {
      if (typeof given === 'string') return secret.length > 0 ? [given] : [];
      if (typeof given !== 'object' || given === null) return [];
      return secret.flatMap(({ name }) => (given as Record<string, string>)[name] ?? []);
    });
  });
}
