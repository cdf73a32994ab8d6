import { type ApiDescriptor, type HttpMethod, type OperationDescriptor, own } from '../contract/index.ts';
import type { UnknownKeys } from '../validators/index.ts';
import { after } from './after.ts';
import type { Call, Delivery } from './call.ts';
import { busyRefusal, compileDeliveryOf, succeeded } from './deliver.ts';
import { toVariants, type Variants } from './dispatch.ts';
import { ConfigurationError } from './errors.ts';
import { compileInput } from './input.ts';
import { openBody } from './open-body.ts';
import { Refusal } from './refusal.ts';
import { reservedNames } from './reserved-names.ts';
import { compileResponse, type Outgoing, type ResponseWriter } from './response.ts';
import { groupByPath, renameValues } from './same-path.ts';
import { challengesIn } from './security/authenticate.ts';
import { type Challenged, challengesOf, compileChallenge } from './security/challenge.ts';
import type { createSecurityCompiler } from './security/compile.ts';
import { needsBody } from './security/compile.ts';
import type { RequirementCheck } from './security/requirements.ts';
import { compileResponseSigner } from './security/sign-response.ts';
import type { Handler, OpenBody, ServerDefinition, ValidationMode } from './types.ts';
import { compileUnhandled, type Unhandled } from './unhandled.ts';

/** An operation with everything that its calls need, created once. */
export type Route = {
  readonly operation: OperationDescriptor;
  /** The handler. Undefined if the operation is not implemented. */
  readonly handler: Handler<unknown, unknown> | undefined;
  readonly secure: RequirementCheck | undefined;
  /** For the `WWW-Authenticate` header of a 401: the challenges of all accepted schemes. */
  readonly challenges: readonly string[];
  /**
   * Runs before the handler, after the caller was verified. Returns the response to a provider's challenge, or
   * undefined.
   */
  readonly challenge: ((call: Call) => Challenged | PromiseLike<Challenged>) | undefined;
  /** Decrypts the body, or reports that it cannot. */
  readonly open: ((call: Call) => Promise<Refusal | undefined>) | undefined;
  /** Signs the response, after the caller was verified. */
  readonly sign: ((call: Call, outgoing: Outgoing) => Promise<Outgoing>) | undefined;
  readonly readInput: ReturnType<typeof compileInput>;
  readonly response: ResponseWriter;
  /** The message that a call delivers. */
  readonly deliveryOf: (call: Call) => Delivery | undefined;
  /** Whether the sent response of a handler reports success. */
  readonly succeeded: (response: unknown, outgoing: Outgoing) => boolean;
  /** Code of the response to a second delivery while the first is being handled. Default: `faults.timeout`. */
  readonly busy: Refusal | undefined;
  readonly readsBody: boolean;
  /** Whether the body is passed to the handler as a stream, because nothing before the handler needs it. */
  readonly streams: boolean;
  /** Time limit in milliseconds. */
  readonly limit: number | undefined;
  /**
   * Restores the names of the path parameters in the contract, if the route was registered under another path with the
   * same shape.
   */
  readonly rename: ReturnType<typeof renameValues>;
};

/** The operations of one path and method, and the response to an unknown event. */
export type MethodRoutes = Variants<Route> & { readonly unhandled: Unhandled<Route> | undefined };

/** The operations of one path. */
export type PathRoutes = {
  readonly methods: ReadonlyMap<string, MethodRoutes>;
  /** The value of the Allow header. */
  readonly allow: string;
};

/** The input from which routes are compiled. */
export type RouteOptions = {
  readonly definition: ServerDefinition;
  readonly handlers: Readonly<Record<string, unknown>>;
  /** The functions that decrypt bodies, by the operation's name. */
  readonly open: Readonly<Record<string, unknown>>;
  readonly compileSecurity: ReturnType<typeof createSecurityCompiler>;
  readonly deadline: number | false | undefined;
  /** Paths that override those of the contract, by the operation's name. */
  readonly paths: Readonly<Record<string, string>>;
  readonly validation: { readonly input: ValidationMode; readonly responses: ValidationMode };
  readonly unknownKeys: UnknownKeys;
  readonly requestIdHeader: string;
};

/** An operation with its key in the definition, which is also the key of its handler. */
type Named = readonly [name: string, operation: OperationDescriptor];

/** Compiles the routes, by path template. */
export function compileRoutes(options: RouteOptions): ReadonlyMap<string, PathRoutes> {
  const operations = Object.entries(options.definition.operations);
  const known = new Set(operations.map(([name]) => name));
  for (const name of Object.keys(options.handlers)) {
    if (!known.has(name)) throw new ConfigurationError(`The option handlers.${name} does not match an operation`);
  }
  for (const name of Object.keys(options.open)) {
    if (!known.has(name)) throw new ConfigurationError(`The option open.${name} does not match an operation`);
  }
  for (const [name, path] of Object.entries(options.paths)) {
    if (!known.has(name)) throw new ConfigurationError(`The option paths.${name} does not match an operation`);
    if (!path.startsWith('/')) throw new ConfigurationError(`The option paths.${name} must start with "/"`);
  }
  const byPath = groupByPath(operations, ([name, { method, path }]) => ({
    method,
    path: own(options.paths, name) ?? path,
  }));
  return new Map([...byPath].map(([path, own]) => [path, compilePath(path, own, options)]));
}

/** Methods that a `Request` cannot have (Fetch standard, section 2.2.1), so no server receives them. */
const FORBIDDEN: readonly string[] = ['TRACE', 'TRACK', 'CONNECT'];

function compilePath(path: string, operations: readonly Named[], options: RouteOptions): PathRoutes {
  const routes = operations.map(([name, operation]) => compileRoute(name, operation, path, options));
  const byMethod = groupBy(routes, ({ operation }) => operation.method);
  const { api } = options.definition;
  const methods = new Map(
    [...byMethod].map(([method, own]): [string, MethodRoutes] => {
      // Lint reports this for a document, but the option `paths` can cause it, too.
      const [one, other] = own.filter(({ operation }) => !operation.when?.length);
      if (one && other) {
        throw new ConfigurationError(
          `${method} ${path} matches both ${one.operation.id} and ${other.operation.id}: use different paths, or ` +
            'tell them apart by x-cs-dispatch',
        );
      }
      return [method, { ...toVariants(own), unhandled: compileUnhandled(api, own) }];
    }),
  );
  for (const method of FORBIDDEN) methods.delete(method);
  const asked = methods.has('GET') ? undefined : compileGet(routes, options);
  if (asked) methods.set('GET', { ...toVariants([asked]), unhandled: undefined });
  const get = methods.get('GET');
  if (get && !methods.has('HEAD')) methods.set('HEAD', get);
  return { methods, allow: [...methods.keys(), ...(methods.has('OPTIONS') ? [] : ['OPTIONS'])].join(', ') };
}

/** Compiles challenges that are sent by GET to the path of an operation with another method. */
function compileGet(routes: readonly Route[], { definition, compileSecurity }: RouteOptions): Route | undefined {
  for (const route of routes) {
    const [scheme] = challengesOf(route.operation, definition.api).filter(
      ({ challenge }) => challenge.method === 'GET',
    );
    if (!scheme || !route.handler) continue;
    const response = compileSecurity.unsigned(scheme);
    return {
      ...route,
      operation: { ...route.operation, method: 'GET' },
      secure: undefined,
      sign: undefined,
      challenge: (call) => after(response(call), (given) => given ?? notAllowed(routes, definition.api)),
      readsBody: false,
      streams: false,
    };
  }
  return undefined;
}

const notAllowed = (routes: readonly Route[], { envelope }: ApiDescriptor): Refusal => {
  const allow = [...new Set(routes.map(({ operation }) => operation.method))].join(', ');
  return new Refusal(envelope.faults.methodNotAllowed, `method must be ${allow}`, { allow });
};

const WITHOUT_BODY: readonly HttpMethod[] = ['GET', 'HEAD', 'TRACE'];

function compileRoute(name: string, operation: OperationDescriptor, path: string, options: RouteOptions): Route {
  const { definition, handlers, compileSecurity, deadline, validation, unknownKeys, requestIdHeader } = options;
  const { api } = definition;
  const validators = own(definition.validators, operation.id);
  const given = own(handlers, name);
  const open = own(options.open, name) as OpenBody<never> | undefined;
  if (given !== undefined && typeof given !== 'function') {
    throw new ConfigurationError(`The option handlers.${name} must be a function`);
  }
  const limit = deadline ?? operation.timeout?.response ?? api.timeout?.response;
  return {
    operation,
    handler: given as Route['handler'],
    secure: given === undefined ? undefined : compileSecurity.requirements(operation),
    challenges: challengesIn(operation, api),
    challenge: compileChallenge(operation, api),
    open: open && ((call) => openBody(open, call, api.envelope.faults)),
    sign: compileResponseSigner(operation, api),
    readInput: compileInput({
      operation,
      reserved: reservedNames(operation, api),
      validators,
      mode: validation.input,
      faults: api.envelope.faults,
    }),
    response: compileResponse(api, operation, validators, {
      mode: validation.responses,
      unknownKeys,
      xml: definition.xml,
      requestIdHeader: requestIdHeader.toLowerCase(),
    }),
    deliveryOf: compileDeliveryOf(api.provider, operation),
    succeeded: (response, outgoing) => succeeded(response, api.envelope, operation.enveloped, outgoing),
    busy: operation.delivery?.busy === undefined ? undefined : busyRefusal(operation.delivery.busy),
    readsBody: !WITHOUT_BODY.includes(operation.method) && (operation.body !== undefined || needsBody(operation, api)),
    streams: operation.body !== undefined && !needsBody(operation, api),
    limit: limit === false ? undefined : limit,
    rename: renameValues(path, own(options.paths, name) ?? operation.path),
  };
}

/** Groups items by key. Node 20 does not have `Map.groupBy`. */
function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
