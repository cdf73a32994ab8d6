import type { DiceyFunHandlers } from '@countersign/dicey-fun/server';
import type { Services } from '../services.ts';
import type { Agent } from '../tokens.ts';

/** The checks, in the order that the document gives, are the security schemes'; whoever comes here has passed them all. */
export const authToken: DiceyFunHandlers<Services>['authToken'] = async (_input, { services, identity, now }) => ({
  data: { authtoken: await services.tokens.issue(identity.agentSignature as Agent, now) },
});
