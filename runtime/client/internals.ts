import type { Context } from './types.ts';

/** Contexts are stored apart from their clients, so that printing a client does not show secrets. */
const contexts = /* @__PURE__ */ new WeakMap<object, Context>();

/** Remembers the context of a client. */
export const registerClient = (client: object, ctx: Context) => contexts.set(client, ctx);
/** The context of a client; undefined for any other object. */
export const contextOf = (client: object): Context | undefined => contexts.get(client);
