import type { HandlerContext } from '@countersign/runtime/server';
import type { App, Device } from './security.ts';
import type { Services } from './services.ts';
import { unlessGone } from './store/users.ts';
import { readUserData } from './user-data.ts';

export type LoginRequest = {
  readonly kind: 'device' | 'naver';
  readonly subject: string;
  /** User data in the response. */
  readonly keys?: readonly string[] | undefined;
};

const ATTEMPTS = 3;

/** Finds or creates the user, and issues a token for the app and device of the caller. */
export async function logIn(context: HandlerContext<Services>, { kind, subject, keys }: LoginRequest) {
  const { services, identity, now } = context;
  const { appId } = identity['appKey'] as App;
  const { deviceHash } = identity['deviceUuid'] as Device;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const userId = await services.users.findOrCreate({ appId, kind, subject }, now);
    const token = await unlessGone(services.sessions.open(userId, deviceHash, now));
    // The user has just withdrawn on another device: this login creates a new one.
    if (token === undefined) continue;
    const userData = await readUserData(services, userId, keys);
    return { data: { result_code: 0 as const, access_token: token, user_data: userData } };
  }
  return { error: { code: 9999 as const } };
}
