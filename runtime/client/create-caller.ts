import type { HttpMethod } from '../contract/index.ts';
import type { AnyCall, CallError, CallPromise, CallResult, Exchange, OperationHandle } from './call.ts';
import { type ClientParts, type Context, createContext } from './context.ts';
import type { CallOptions, ClientOptions, RawMethod, RawRequest } from './options.ts';
import { perform } from './perform.ts';
import type { CallInput } from './run.ts';

export type Caller = {
  /** One operation by its handle. */
  call<C extends AnyCall>(handle: OperationHandle<C>, ...args: Parameters<C>): ReturnType<C>;
  /** A request that the contract does not describe: signed, sent and judged as the others are. */
  request(method: RawMethod, path: string, request?: RawRequest): CallPromise<unknown, CallError>;
};

/** A call as a promise of its result, with `orThrow` and `withResponse`. */
export function startCall(
  ctx: Context,
  handle: OperationHandle,
  input: CallInput,
  options: CallOptions,
): CallPromise<unknown, unknown> {
  const running = perform(ctx, handle, input, options);
  const result: Promise<CallResult<unknown, unknown>> = running.then(({ outcome: { data, error } }) =>
    error ? { error } : { data },
  );
  return Object.assign(result, {
    orThrow: () =>
      running.then(({ outcome: { data, error } }) => {
        if (error) throw error;
        return data;
      }),
    withResponse: () =>
      running.then(
        ({ run, outcome: { data, error, requestId, issues = [] } }): CallResult<unknown, unknown> & Exchange => ({
          ...(error ? { error } : { data }),
          response: run.state.response,
          requestId,
          attempts: run.state.attempt,
          elapsed: ctx.clock.now() - run.state.startedAt,
          issues,
        }),
      ),
  });
}

/** The security that most operations need, the logins aside. */
function usualSecurity({ handles, sessions }: Context): readonly (readonly string[])[] {
  const logins = [...sessions.values()].flatMap(({ scheme }) => scheme.operations);
  const counts = new Map<string, { security: readonly (readonly string[])[]; count: number }>();
  for (const [id, { operation }] of Object.entries(handles)) {
    if (logins.includes(id) || !operation.security.some((names) => names.length)) continue;
    const key = JSON.stringify(operation.security);
    counts.set(key, { security: operation.security, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)[0]?.security ?? [];
}

function rawHandle(
  ctx: Context,
  method: RawMethod,
  path: string,
  { body, contentType, security }: RawRequest,
): OperationHandle {
  const upper = method.toUpperCase() as HttpMethod;
  return {
    operation: {
      id: `${upper} ${path}`,
      method: upper,
      path,
      parameters: [],
      ...(body === undefined ? {} : { body: { required: false, content: [contentType ?? 'application/json'] } }),
      responses: [],
      security: security ? [security] : usualSecurity(ctx),
      codes: [],
      enveloped: true,
      retry: ['GET', 'HEAD', 'OPTIONS'].includes(upper)
        ? 'safe'
        : ['PUT', 'DELETE'].includes(upper)
          ? 'idempotent'
          : 'never',
    },
  };
}

export const callerOf = (ctx: Context): Caller => ({
  call: (handle, ...args) =>
    startCall(ctx, handle, (args[0] ?? {}) as CallInput, (args[1] ?? {}) as CallOptions) as never,
  request: (method, path, request = {}) => {
    const { query, body } = request;
    const input = { ...(query && { query }), ...(body !== undefined && { body }) };
    return startCall(ctx, rawHandle(ctx, method, path, request), input, request) as never;
  },
});

/** A client without methods, for `caller.call(handle, input)`: a bundle then holds only the operations that it calls. */
export const createCaller = (parts: ClientParts, options: ClientOptions = {}): Caller =>
  callerOf(createContext(parts, options));
