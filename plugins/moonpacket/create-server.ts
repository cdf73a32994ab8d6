import type { Logger, ReplayStore, Server } from '@countersign/runtime/server';
import { handlers } from '../../generated/moonpacket/src/handlers.ts';
import { createMoonpacketServer } from '../../generated/moonpacket/src/server.ts';
import type { AllowList } from '../allow-list.ts';
import type { Services } from './services.ts';

export type MoonpacketCredentials = { readonly apiKey: string; readonly secret: string };

export type ReceiverParts = {
  readonly claims: Services['claims'];
  /** Two credentials during a rotation. */
  readonly credentials: MoonpacketCredentials | readonly MoonpacketCredentials[];
  /** Shared by all processes, so that a nonce is accepted once by all of them. */
  readonly replayStore: ReplayStore;
  /** 403 for every other address. Default: all addresses may call. */
  readonly allow?: AllowList;
  /** Your own proxies in front of the server, for `allow`. */
  readonly trustedProxies?: number;
  readonly clock?: () => number;
  readonly logger?: Logger;
};

/** The endpoint that a game gives to moonpacket: `GET /check`. */
export function createReceiver({
  claims,
  credentials,
  replayStore,
  allow = () => true,
  trustedProxies = 0,
  clock = Date.now,
  logger,
}: ReceiverParts): Server {
  const known = [credentials].flat();
  return createMoonpacketServer<Services>({
    handlers,
    services: { claims },
    security: { moonpacketSignature: (_, { remoteAddress }) => (allow(remoteAddress) ? known : 'forbidden') },
    replayStore,
    trustedProxies,
    clock,
    ...(logger === undefined ? {} : { logger }),
  });
}
