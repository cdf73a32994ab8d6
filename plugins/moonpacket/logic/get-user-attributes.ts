import type { MoonpacketHandlers } from '../../../generated/moonpacket/src/server.ts';
import type { Services } from '../services.ts';

export const getUserAttributes: MoonpacketHandlers<Services>['getUserAttributes'] = async ({ query }, { services }) => {
  const attributes = await services.claims.attributes(query.user_id);
  return attributes === undefined ? { error: { code: 404, message: 'User not found' } } : { data: attributes };
};
