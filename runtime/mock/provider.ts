import { isAsyncIterable } from '../bodies/index.ts';
import { describesXml, type OperationDescriptor } from '../contract/index.ts';
import type { CompileAccessTokens } from '../server/access-tokens.ts';
import { createServer, type HandlerContext, type Logger, type ReplayStore, type Server } from '../server/index.ts';
import { validatorsOf } from './declared-prefer.ts';
import { audienceOf } from './issuer/names.ts';
import type { Memory } from './memory/memory.ts';
import { receiverCredentials } from './receiver-credentials.ts';
import { createRejecting } from './rejecting.ts';
import { createResponding, type Trace } from './responding.ts';
import type { Director } from './scenario.ts';
import { loginsOf, type Sessions } from './sessions.ts';
import type { ExampleInput, MockProvider } from './types.ts';

/** Maximum size of a body in memory, in bytes. The server that the mock replaces may accept more than the default. */
const LARGEST_BODY = 16 * 1024 * 1024;

/** The parts of one provider's mock. */
export type ProviderOptions = {
  readonly director: Director;
  readonly sessions: Sessions;
  readonly replayStore: ReplayStore;
  /** Whether credentials, signatures, clock, nonces and tokens are checked. */
  readonly verify: boolean;
  /** Whether invalid requests are rejected. Default true. */
  readonly validate?: boolean;
  readonly logger: Logger;
  /** The resources that are kept between calls. Undefined: none. */
  readonly memory?: Memory | undefined;
  /** How each request that passed the checks was handled. */
  readonly traces: WeakMap<Request, Trace>;
  /** Returns milliseconds since 1970. */
  readonly clock?: () => number;
  /** Checks the tokens of the mock's authorization server. Undefined if the contract has no OAuth. */
  readonly oauth?: CompileAccessTokens | undefined;
};

/**
 * Creates the mock of a provider. It does the same checks in the same order as the generated server. Instead of
 * handlers, the examples of the document respond.
 */
export async function createMockServer(provider: MockProvider, options: ProviderOptions): Promise<Server> {
  const { director, sessions, replayStore, verify, validate = true, logger, traces, clock, memory, oauth } = options;
  const { api, operations, signers } = provider;
  // The parser of XML is loaded only if the contract describes XML.
  const xml = operations.some(({ descriptor }) => describesXml(descriptor))
    ? await import('../xml/index.ts')
    : undefined;
  const responding = createResponding(provider, { director, sessions, traces, memory, logins: loginsOf(api) });
  const rejecting = createRejecting(provider, responding);
  const descriptors = operations.map(({ descriptor }) => (verify ? descriptor : withoutSecurity(descriptor)));
  const handlers = Object.fromEntries(
    operations.map((operation) => [
      operation.descriptor.id,
      async (input: ExampleInput, context: HandlerContext) => {
        // Rows are validated as they are read.
        if (isAsyncIterable(input.body)) for await (const _ of input.body);
        return responding.respond(operation, input, context);
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
      // An example that violates its schema is still the document's response, so it is sent, and the log reports the
      // violation.
      validation: { input: validate ? 'throw' : 'warn', responses: 'warn' },
      // The provider's own limit must not shorten a delay that the caller requested.
      deadline: false,
      bodyLimit: LARGEST_BODY,
      onReject: ({ flaws, message, status }, { operation, request }) =>
        rejecting(operation.id, { flaws, message, status }, request),
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
