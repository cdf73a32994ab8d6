import type { MoonpacketHandlers } from '../../../generated/moonpacket/src/server.ts';
import type { Services } from '../services.ts';

export const getRules: MoonpacketHandlers<Services>['getRules'] = async (_, { services }) => ({
  data: await services.claims.rules(),
});
