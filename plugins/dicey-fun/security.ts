import type { CallContext, HandlerContext } from '@countersign/runtime/server';
import { equalBytes } from '@countersign/runtime/signing';
import type { Services } from './services.ts';
import type { Merchant } from './store/merchants.ts';
import type { Agent } from './tokens.ts';

type Context = CallContext<Services>;

const agentOf = ({ agentId, id }: Merchant): Agent => ({ agentId, adminId: id });

const confirm = (agent: Agent | 'expired' | null, merchants: readonly Merchant[]): Agent | 'expired' | null => {
  if (agent === null || agent === 'expired') return agent;
  return merchants.some(({ id, agentId }) => id === agent.adminId && agentId === agent.agentId) ? agent : null;
};

/** The credentials of each security scheme. The runtime's scheme checks a login in the document's order. */
export const security = {
  /** `forbidden`: the key is correct, but the caller's address is not on the merchant's whitelist. */
  apiKey: (presented: string, context: Context) => {
    const judge = (merchants: readonly Merchant[]) => {
      // All are compared, so that the time does not reveal which one matched.
      const owners = merchants.filter(({ apiKey }) => equalBytes(presented, apiKey));
      if (owners.length === 0) return null;
      const caller = owners.find(({ mayCallFrom }) => mayCallFrom(context.remoteAddress));
      return caller === undefined ? ('forbidden' as const) : agentOf(caller);
    };
    const merchants = context.services.merchants.all();
    return merchants instanceof Promise ? merchants.then(judge) : judge(merchants);
  },
  agentSignature: async (_presented: Readonly<Record<string, string>>, { services }: Context) =>
    (await services.merchants.all()).map((merchant) => ({
      credentials: { agentId: merchant.agentId, secret: merchant.secret },
      identity: agentOf(merchant),
    })),
  /** A token of a deleted merchant is invalid. */
  session: (token: string, { services, now }: Context) => {
    const agent = services.tokens.verify(token, now);
    const merchants = services.merchants.all();
    // Both are available immediately after the first call. Every call uses them.
    if (agent instanceof Promise || merchants instanceof Promise) {
      return Promise.all([agent, merchants]).then(([found, known]) => confirm(found, known));
    }
    return confirm(agent, merchants);
  },
};

/** The settings of the token's merchant. */
export async function merchantOf({ services, identity }: HandlerContext<Services>): Promise<Merchant> {
  const { adminId } = identity['session'] as Agent;
  const merchant = (await services.merchants.all()).find(({ id }) => id === adminId);
  if (merchant === undefined) throw new Error('The merchant of the token is no longer there');
  return merchant;
}
