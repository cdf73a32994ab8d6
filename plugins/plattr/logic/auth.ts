import type { PlattrHandlers } from '@countersign/plattr/server';
import { indexKey } from '../../stored-text.ts';
import { logIn } from '../log-in.ts';
import { done, invalidParameter } from '../responses.ts';
import type { Device } from '../security.ts';
import type { Services } from '../services.ts';
import type { Session } from '../store/sessions.ts';

type Handlers = PlattrHandlers<Services>;

/** The device's UUID identifies the user. */
export const loginAnonymous: Handlers['loginAnonymous'] = ({ query }, context) => {
  const { deviceHash } = context.identity['deviceUuid'] as Device;
  return logIn(context, { kind: 'device', subject: deviceHash, keys: query.key });
};

/** Naver's id identifies the user, who is therefore the same on each device. */
export const loginNaver: Handlers['loginNaver'] = async ({ path, query }, context) => {
  const naverId = await context.services.naver(path.naver_access_token);
  if (naverId === undefined) return invalidParameter;
  return logIn(context, { kind: 'naver', subject: indexKey(naverId), keys: query.key });
};

export const deleteAccount: Handlers['deleteAccount'] = async (_input, { services, identity }) => {
  await services.users.withdraw((identity['session'] as Session).userId);
  return done;
};
