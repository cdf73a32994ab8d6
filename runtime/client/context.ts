import { checkBrowser, credentialsOf, findCredential } from './configuration.ts';
import type { ClientOptions } from './options.ts';
import { createSession, type Session } from './session.ts';
import type { ClientParts, Context } from './types.ts';

const sleep = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/**
 * What all calls of one client share, from its options and the environment.
 *
 * @throws {ConfigurationError} when a browser would show a secret
 */
export function createContext(parts: ClientParts, options: ClientOptions): Context {
  const { api } = parts;
  const environment = options.environment ?? globalThis.process?.env ?? {};
  const clock = { now: Date.now, random: Math.random, sleep, ...options.clock };
  const sessions = new Map<string, Session>();
  const secrets: string[] = [];
  for (const scheme of Object.values(api.securitySchemes)) {
    for (const descriptor of credentialsOf(scheme)) {
      const given = findCredential({ options, environment }, descriptor);
      if (!descriptor.secret || !given) continue;
      if (!options.dangerouslyAllowBrowser) checkBrowser(api, scheme, descriptor.name, given);
      if (typeof given === 'string') secrets.push(given);
    }
    if (scheme.kind !== 'session') continue;
    sessions.set(scheme.name, createSession(scheme, `${api.provider}/${scheme.name}`, clock.now, options.tokenStore));
  }
  const logger = options.logger ?? console;
  const warned = new Set<string>();
  return {
    signers: {},
    errors: {},
    handles: {},
    features: [],
    ...parts,
    options,
    environment,
    clock,
    logger,
    secrets,
    debug: options.debug ?? Boolean(environment.COUNTERSIGN_DEBUG),
    warn(error) {
      const { of, operation, issues } = error;
      const place = `${of} ${operation} ${issues[0]?.pointer.replace(/\d+/g, '*')}`;
      if (warned.has(place) || warned.size > 999) return;
      warned.add(place);
      logger.warn?.(`countersign.${of}`, error.toJSON());
    },
    sessions,
    clockOffset: 0,
    begun: 0,
    ended: 0,
    retries: undefined,
  };
}
