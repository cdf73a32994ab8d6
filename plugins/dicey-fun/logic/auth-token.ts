import type { DiceyFunHandlers } from '@countersign/dicey-fun/server';
import type { Services } from '../services.ts';
import type { Agent } from '../tokens.ts';

/** The security schemes make the checks, in the order of the document. This handler runs after all of them. */
export const authToken: DiceyFunHandlers<Services>['authToken'] = async (_input, { services, identity, now }) => ({
  data: { authtoken: await services.tokens.issue(identity['agentSignature'] as Agent, now) },
});
