import type { ApiDescriptor } from '../contract/index.ts';
import type { Signers } from '../signing/index.ts';
import type { ErrorClasses, OperationHandle } from './call.ts';
import { checkBrowser } from './configuration.ts';
import type { Logger } from './log.ts';
import type { ClientOptions, Clock } from './options.ts';
import { createSession, type Session } from './session.ts';

/** What generated code gives beside the operations. */
export type ClientParts = {
  readonly api: ApiDescriptor;
  /** By the scheme's `signer`. */
  readonly signers?: Signers | undefined;
  /** By code. */
  readonly errors?: ErrorClasses | undefined;
  /** By operationId: at least the logins. */
  readonly handles?: { readonly [operationId: string]: OperationHandle } | undefined;
};

/** What the calls of one client share. */
export type Context = Required<{ readonly [Part in keyof ClientParts]: NonNullable<ClientParts[Part]> }> & {
  readonly options: ClientOptions;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly debug: boolean;
  /** By security scheme. */
  readonly sessions: ReadonlyMap<string, Session>;
  /** Milliseconds that the provider's clock is ahead of ours. */
  clockOffset: number;
};

const sleep = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

export function createContext(
  { api, signers = {}, errors = {}, handles = {} }: ClientParts,
  options: ClientOptions,
): Context {
  const environment = options.environment ?? globalThis.process?.env ?? {};
  checkBrowser(api, options);
  const sessions = new Map<string, Session>();
  for (const scheme of Object.values(api.securitySchemes)) {
    if (scheme.kind === 'session') sessions.set(scheme.name, createSession(scheme, api.provider, options.tokenStore));
  }
  return {
    api,
    signers,
    errors,
    handles,
    options,
    environment,
    clock: { now: Date.now, random: Math.random, sleep, ...options.clock },
    logger: options.logger ?? console,
    debug: options.debug ?? Boolean(environment.COUNTERSIGN_DEBUG),
    sessions,
    clockOffset: 0,
  };
}
