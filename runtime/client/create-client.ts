import type { ApiDescriptor, OperationDescriptor, OperationValidators } from '../contract/index.ts';
import type { Signers } from '../signing/index.ts';
import { batchesOf } from './batches.ts';
import type { AnyCall, ErrorClasses, OperationHandle } from './call.ts';
import { createContext } from './context.ts';
import { type Caller, callerOf, startCall } from './create-caller.ts';
import { type Explanation, explain } from './explain.ts';
import { type Hooks, joinHooks } from './hooks.ts';
import type { CallOptions, ClientOptions } from './options.ts';
import { eachOf, pagesOf } from './pages.ts';
import type { CallInput } from './run.ts';

/** What a generated package gives. */
export type ClientDefinition = {
  readonly api: ApiDescriptor;
  readonly operations: { readonly [operationId: string]: OperationDescriptor };
  readonly validators?: { readonly [operationId: string]: OperationValidators };
  readonly signers?: Signers;
  readonly errors?: ErrorClasses;
  /** Of the provider's plugin; they run before those of the options. */
  readonly hooks?: Hooks;
};

export type ClientMethods<Operations> = Caller & {
  /** How a request would be signed, without sending it; secrets masked. */
  explain<Id extends keyof Operations & string>(
    operation: Id,
    input?: Operations[Id] extends AnyCall ? Parameters<Operations[Id]>[0] : never,
    options?: CallOptions,
  ): Promise<Explanation>;
};

/** An operation goes before a method of ours that has the same name. */
export type Client<Operations> = Operations & Omit<ClientMethods<Operations>, keyof Operations>;

/** A client with a method per operation. Nothing is sent, and no credential is asked for, before the first call. */
export function createClient<Operations>(
  definition: ClientDefinition,
  options: ClientOptions = {},
): Client<Operations> {
  const { api, operations, validators, signers, errors, hooks } = definition;
  const handles: Record<string, OperationHandle> = Object.fromEntries(
    Object.entries(operations).map(([id, operation]) => [id, { operation, validators: validators?.[id] }]),
  );
  const ctx = createContext({ api, signers, errors, handles }, { ...options, hooks: joinHooks(hooks, options.hooks) });
  const methods = Object.entries(handles).map(([id, handle]) => {
    const call = (input: CallInput = {}, callOptions: CallOptions = {}) => startCall(ctx, handle, input, callOptions);
    const { page, batch } = handle.operation;
    if (page) Object.assign(call, { each: eachOf(ctx, handle, page), pages: pagesOf(ctx, handle, page) });
    if (batch) Object.assign(call, { batches: batchesOf(ctx, handle, batch) });
    return [id, call];
  });
  return Object.fromEntries([
    ...Object.entries(callerOf(ctx)),
    ['explain', (id: string, input?: CallInput, callOptions?: CallOptions) => explain(ctx, id, input, callOptions)],
    ...methods,
  ]);
}
