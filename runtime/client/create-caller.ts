import type { HttpMethod } from '../contract/index.ts';
import type { AnyCall, CallError, CallPromise, OperationHandle } from './call.ts';
import { isLogin } from './configuration.ts';
import { createContext } from './context.ts';
import { perform } from './engine.ts';
import type { AnyClientOptions, CallOptions, RawMethod, RawRequest } from './options.ts';
import type { CallInput, ClientParts, Context, Performed } from './types.ts';

/** Sends operations by their handles, and requests that the contract does not describe. */
export type Caller = {
  /** Calls one operation by its handle. */
  call<C extends AnyCall>(handle: OperationHandle<C>, ...args: Parameters<C>): ReturnType<C>;
  /** Sends a request that the contract does not describe. It is signed, and its response is evaluated, like any other. */
  request(method: RawMethod, path: string, request?: RawRequest): CallPromise<unknown, CallError>;
};

/** A call as a promise of its result, with `orThrow` and `withResponse`. */
export function startCall(
  ctx: Context,
  handle: OperationHandle,
  input?: CallInput | null,
  options?: CallOptions | null,
): CallPromise<unknown, unknown> {
  const performed = perform(ctx, handle, input ?? {}, options ?? {});
  const call = performed.then(({ outcome: { data, error } }) => (error ? { error } : { data }));
  let whole: Promise<ReturnType<Performed['whole']>> | undefined;
  const withResponse = () => {
    whole ??= performed.then((ended) => ended.whole());
    return whole;
  };
  const orThrow = async () => {
    const { data, error } = await call;
    if (error) throw error;
    return data;
  };
  return Object.assign(call, { orThrow, withResponse });
}

/** The security of the first operation that requires any. Logins are skipped. */
function usualSecurity({ api, handles }: Context): readonly (readonly string[])[] {
  const usual = Object.values(handles).find(
    ({ operation: { id, security } }) => security[0]?.length && !isLogin(api, id),
  );
  return usual?.operation.security ?? [];
}

/** Returns the caller of an existing client. */
export const callerOf = (ctx: Context): Caller => ({
  call: (handle, ...args) => startCall(ctx, handle, args[0], args[1]) as never,
  request(given, path, request = {}) {
    const method = given.toUpperCase() as HttpMethod;
    const { contentType, security } = request;
    const operation = {
      id: `${method} ${path}`,
      method,
      path,
      parameters: [],
      accept: '*/*',
      body: { required: false, content: [contentType ?? 'application/json'] },
      responses: [],
      security: security ? [security] : usualSecurity(ctx),
      codes: [],
      enveloped: true,
      retry: /^P(OST|ATCH)$/.test(method) ? 'never' : 'safe',
    } as const;
    return startCall(ctx, { operation }, request as CallInput, request) as never;
  },
});

/**
 * A client without methods, for `caller.call(handle, input)`: a bundle then contains only the operations that it calls.
 *
 * @example
 * ```ts
 * import { api, type DiceyFunCalls, operations } from '@countersign/dicey-fun';
 *
 * const caller = createCaller({ api });
 * const getPlayerInfo = handle<DiceyFunCalls['getPlayerInfo']>(operations.getPlayerInfo);
 * const { data } = await caller.call(getPlayerInfo, { body: { username: 'ada' } });
 * ```
 */
export const createCaller = (parts: ClientParts, options: AnyClientOptions = {}): Caller =>
  callerOf(createContext(parts, options));
