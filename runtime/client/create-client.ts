import type { OperationDescriptor } from '../contract/index.ts';
import type { OperationHandle } from './call.ts';
import { createContext } from './context.ts';
import { type Caller, callerOf, startCall } from './create-caller.ts';
import { type AllValidators, handleOf } from './handle-of.ts';
import { type Hooks, joinHooks } from './hooks.ts';
import { registerClient } from './internals.ts';
import type { AnyClientOptions, CallOptions } from './options.ts';
import type { CallInput, ClientParts } from './types.ts';

/** The parts that a generated package provides. */
export type ClientDefinition = Omit<ClientParts, 'handles'> & {
  /** The operations, by the name of the client's method. */
  readonly operations: { readonly [name: string]: OperationDescriptor };
  /**
   * The validators, or a function that loads them with the first call that validates. Its imports become a separate
   * chunk.
   */
  readonly validators?: AllValidators | (() => Promise<AllValidators>);
  /** The hooks of the provider's plugin. They run before those in the options. */
  readonly hooks?: Hooks;
};

/** An operation overrides a built-in method with the same name. */
export type Client<Operations> = Operations & Omit<Caller, keyof Operations>;

/**
 * A client with a method per operation. It sends nothing and reads no credential before the first call. Generated
 * packages call this function: see `create<Provider>Client`.
 */
export function createClient<Operations>(
  { operations, validators, hooks, ...parts }: ClientDefinition,
  options: AnyClientOptions = {},
): Client<Operations> {
  const handles: Record<string, OperationHandle> = Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [name, handleOf(operation, validators)]),
  );
  const ctx = createContext({ ...parts, handles }, { ...options, hooks: joinHooks(hooks, options.hooks) });
  const methods = Object.entries(handles).map(([name, handle]) => {
    const call = (input?: CallInput, callOptions?: CallOptions) => startCall(ctx, handle, input, callOptions);
    return [name, Object.assign(call, ...ctx.features.map(({ extend }) => extend?.(ctx, handle)))];
  });
  const client = { ...callerOf(ctx), ...Object.fromEntries(methods) };
  registerClient(client, ctx);
  return client;
}
