import type { CallContext } from '@countersign/runtime/server';
import { equalBytes } from '@countersign/runtime/signing';
import { hashDevice, hashSecret } from './secrets.ts';
import type { Services } from './services.ts';
import type { Session } from './store/sessions.ts';

type Context = CallContext<Services>;

/** The game with this app key. */
export type App = { readonly appId: number };
/** The device, by the hash of its UUID. */
export type Device = { readonly deviceHash: string };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const isIssuedTo = ({ appKeyHash, deviceHash }: Session, { headers }: Request): boolean => {
  const sameApp = equalBytes(hashSecret(headers.get('x-app-key') ?? ''), appKeyHash);
  const sameDevice = equalBytes(hashDevice(headers.get('x-auth-uuid') ?? ''), deviceHash);
  return sameApp && sameDevice;
};

/** The checks of each security scheme. */
export const security = {
  appKey: async (presented: string, { services }: Context): Promise<App | null> => {
    const app = await services.apps.find(presented);
    return app === undefined ? null : { appId: app.id };
  },
  deviceUuid: (presented: string): Device | null =>
    UUID.test(presented) ? { deviceHash: hashDevice(presented) } : null,
  /** A token is valid only with the app and on the device that it was issued to. */
  session: async (presented: string, { services, now, request }: Context): Promise<Session | 'expired' | null> => {
    const session = await services.sessions.find(presented);
    if (session === undefined || !isIssuedTo(session, request)) return null;
    return session.expiresAt > now ? session : 'expired';
  },
};
