import { isAsyncIterable } from '../bodies/index.ts';
import { describesXml, type OperationDescriptor } from '../contract/index.ts';
import type { CompileAccessTokens } from '../server/access-tokens.ts';
import { createServer, type HandlerContext, type Logger, type ReplayStore, type Server } from '../server/index.ts';
import { createAnswering, type Trace } from './answering.ts';
import { validatorsOf } from './declared-prefer.ts';
import { audienceOf } from './issuer/names.ts';
import type { Memory } from './memory/memory.ts';
import { receiverCredentials } from './receiver-credentials.ts';
import type { Director } from './scenario.ts';
import { loginsOf, type Sessions } from './sessions.ts';
import type { ExampleInput, MockProvider } from './types.ts';

/** The parts of one provider's mock that the gateway uses. */
export type ProviderOptions = {
  readonly director: Director;
  readonly sessions: Sessions;
  readonly replayStore: ReplayStore;
  /** False: credentials, signatures, clock, nonces and tokens are not checked. */
  readonly verify: boolean;
  readonly logger: Logger;
  /** Resources kept between calls; undefined: none. */
  readonly memory?: Memory | undefined;
  /** How each request that passed the checks was handled. */
  readonly traces: WeakMap<Request, Trace>;
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
  /** Checks the tokens of the mock's authorization server; undefined if the contract has no OAuth. */
  readonly oauth?: CompileAccessTokens | undefined;
};

/**
 * A provider as its callers see it: the same checks, in the same order, as in the generated server. Instead of a
 * handler, the document's examples respond.
 */
export async function createMockServer(provider: MockProvider, options: ProviderOptions): Promise<Server> {
  const { director, sessions, replayStore, verify, logger, traces, clock, memory, oauth } = options;
  const { api, operations, signers } = provider;
  // A parser of XML is loaded only for a contract that describes XML.
  const xml = operations.some(({ descriptor }) => describesXml(descriptor))
    ? await import('../xml/index.ts')
    : undefined;
  const answering = createAnswering(provider, { director, sessions, traces, memory, logins: loginsOf(api) });
  const descriptors = operations.map(({ descriptor }) => (verify ? descriptor : withoutSecurity(descriptor)));
  const handlers = Object.fromEntries(
    operations.map((operation) => [
      operation.descriptor.id,
      async (input: ExampleInput, context: HandlerContext) => {
        // Rows are validated as they are read.
        if (isAsyncIterable(input.body)) for await (const _ of input.body);
        return answering.answer(operation, input, context);
      },
    ]),
  );
  return createServer<Record<string, unknown>, unknown, typeof api>(
    {
      api,
      operations: Object.fromEntries(descriptors.map((descriptor) => [descriptor.id, descriptor])),
      validators: Object.fromEntries(operations.map((each) => [each.descriptor.id, validatorsOf(each)])),
      signers,
      ...(xml && { xml }),
      ...(oauth && { oauth }),
    },
    {
      handlers,
      security: securityOf(provider, sessions, oauth !== undefined) as never,
      replayStore,
      // Each request gets its own response: a redelivery may prefer another example.
      deliveryStore: { claim: () => ({ state: 'mine', finish: () => undefined, release: () => undefined }) },
      logger,
      // An example that violates its schema is still the document's response. It is sent, and the log reports it.
      validation: { input: 'throw', answers: 'warn' },
      // The provider's own limit must not shorten a delay that the caller requested.
      deadline: false,
      environment: {},
      services: undefined,
      ...(clock && { clock }),
    },
  );
}

/** The credentials of each scheme: the demo credentials, and the tokens that the mock's own logins return. */
function securityOf(
  { api, credentials }: MockProvider,
  sessions: Sessions,
  hasIssuer: boolean,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.values(api.securitySchemes).map((scheme) => {
      switch (scheme.kind) {
        case 'signature':
          return [scheme.name, receiverCredentials(scheme, credentials)];
        case 'session':
          return [
            scheme.name,
            (token: string) => {
              const state = sessions.check(scheme, token);
              return state === 'known' ? true : state === 'expired' ? 'expired' : null;
            },
          ];
        case 'mutualTLS':
          return [scheme.name, () => true];
        case 'bearer':
          if (scheme.oauth && hasIssuer) return [scheme.name, { audience: audienceOf(api.provider) }];
          return [scheme.name, credentials[scheme.credential.name]];
        default:
          return [scheme.name, credentials[scheme.credential.name]];
      }
    }),
  );
}

const withoutSecurity = (descriptor: OperationDescriptor): OperationDescriptor => ({ ...descriptor, security: [] });
