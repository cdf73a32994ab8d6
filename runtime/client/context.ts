import { checkBrowser, credentialsOf, findCredential } from './configuration.ts';
import { withPresentNames } from './earlier-names.ts';
import type { AnyClientOptions } from './options.ts';
import type { ClientParts, Context } from './types.ts';

const sleep = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** Default time limits in milliseconds. */
const LIMITS = { attempt: 30_000, call: 120_000 };

/**
 * Creates the state that all calls of one client share, from its options and the environment.
 *
 * @throws {ConfigurationError} when a browser would show a secret
 */
export function createContext(parts: ClientParts, given: AnyClientOptions): Context {
  const options = withPresentNames(given);
  const { api, features = [] } = parts;
  const environment = options.environment ?? globalThis.process?.env ?? {};
  const clock = { now: Date.now, random: Math.random, sleep, ...options.clock };
  const secrets: string[] = [];
  for (const scheme of Object.values(api.securitySchemes)) {
    for (const descriptor of credentialsOf(scheme)) {
      const given = findCredential({ options, environment }, descriptor);
      if (!descriptor.secret || !given) continue;
      if (!options.dangerouslyAllowBrowser) checkBrowser(api, scheme, descriptor.name, given);
      if (typeof given === 'string') secrets.push(given);
    }
  }
  return {
    signers: {},
    errors: {},
    handles: {},
    ...parts,
    features,
    with: Object.assign({}, ...features),
    options,
    environment,
    clock,
    logger: options.logger ?? console,
    secrets,
    limit: (scope, operation, ofCall) =>
      [ofCall, options, operation, api].find(({ timeout }) => timeout?.[scope] !== undefined)?.timeout?.[scope] ??
      LIMITS[scope],
    debug: options.debug ?? Boolean(environment['COUNTERSIGN_DEBUG']),
    clockOffset: 0,
    begun: 0,
    ended: 0,
    retries: undefined,
  };
}
