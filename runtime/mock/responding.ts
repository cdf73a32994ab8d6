import { setTimeout as sleep } from 'node:timers/promises';
import type { Code, SessionScheme } from '../contract/index.ts';
import type { ResponseHeaders } from '../server/refusal.ts';
import { type Choice, chooseResponse } from './choose-response.ts';
import { isValid } from './is-valid.ts';
import { createMakeUp } from './make-up.ts';
import type { Memory } from './memory/memory.ts';
import { orderByAccept } from './order-by-accept.ts';
import { type Preference, preferenceOf } from './prefer.ts';
import { createPrism } from './prism.ts';
import { type Director, type Fault, SLOW } from './scenario.ts';
import { type Sessions, withToken } from './sessions.ts';
import { toBody } from './to-body.ts';
import type { DeclaredResponse, ExampleInput, MockOperation, MockProvider } from './types.ts';

/** The response that a handler of a server returns: a declared response in full, or a declared code. */
export type Given =
  | { readonly status: number; readonly body: unknown; readonly headers: ResponseHeaders }
  | { readonly error: { readonly code: Code } };

/** How the mock handled a request that passed all checks. */
export type Trace = {
  readonly operation: MockOperation;
  /** Name of the example in the response. */
  example?: string | undefined;
  /** Set by the scenario. */
  readonly fault?: Fault | undefined;
  readonly pinned?: boolean;
  /** Delay in milliseconds. */
  readonly delay?: number;
  /** Why the requested response does not exist, and which responses are available. */
  readonly undeclared?: string;
  /** Set if the memory rejects the request and the contract declares no response for that. */
  rejected?: { readonly status: number; readonly detail: string };
  /** Why no response could be generated. */
  failure?: string;
  /** The value that the server received. It is sent unchanged if the contract declares it. */
  given?: Given;
};

/** The response from the memory. */
type Recalled = {
  readonly given: Given;
  readonly example: string;
  readonly rejected?: NonNullable<Trace['rejected']>;
};

type Asked = { readonly request: Request; readonly signal?: AbortSignal };

/** Statuses of HTTP responses without a body, regardless of the contract. */
const BODILESS: ReadonlySet<number> = new Set([204, 205, 304]);

/** The statuses by which a contract reports the result of a lookup in the memory. */
const FAILURES = { missing: 404, conflict: 409 } as const;

/** The input that selects the mock's responses. */
export type RespondingOptions = {
  readonly director: Director;
  readonly sessions: Sessions;
  readonly logins: ReadonlyMap<string, readonly SessionScheme[]>;
  /** The resources that are kept between calls. Undefined: none. */
  readonly memory?: Memory | undefined;
  /** Filled while a response is created. The gateway reads it. */
  readonly traces: WeakMap<Request, Trace>;
};

/** Creates the responses of one provider's mock: by the scenario, or by Prism from examples and schemas. */
export function createResponding(
  provider: MockProvider,
  { director, sessions, logins, traces, memory }: RespondingOptions,
) {
  const { api } = provider;
  const { envelope } = api;
  const prism = createPrism(provider.document);
  const makeUp = createMakeUp(provider);

  const faultOf = (operation: MockOperation): Choice => {
    const { faults } = envelope;
    const declared = chooseResponse(operation, envelope, { code: String(faults.internal) });
    return declared.kind === 'none' ? { kind: 'code', code: faults.internal } : declared;
  };

  /** Whether a value is one row of a response of JSON lines. */
  const rowOf =
    ({ validators }: MockOperation, { status, mediaType }: DeclaredResponse) =>
    (value: unknown) =>
      isValid(validators.responses[status]?.[mediaType ?? ''], value);

  const make = async (operation: MockOperation, choice: Choice, asked: Preference): Promise<Given> => {
    // The response for `none` is not sent, because the gateway sends its own.
    if (choice.kind === 'none') return { error: { code: envelope.faults.notFound } };
    if (choice.kind === 'code') return { error: { code: choice.code } };
    const { response, status } = choice;
    const { seed = asked.dynamic ? director.nextSeed() : undefined } = asked;
    const shown = prism.respond({ operation, response });
    const isShown = response.name !== undefined && response.value !== undefined;
    const isMadeUp = response.mediaType !== undefined && (asked.dynamic === true || !isShown);
    const body = isMadeUp ? await makeUp.async(operation, response, asked.dynamic ? seed : undefined) : shown.body;
    if (BODILESS.has(status)) return { status, body: undefined, headers: shown.headers };
    // The server chooses a media type for a range.
    const type = response.mediaType?.includes('*') ? undefined : response.mediaType;
    const headers = { ...shown.headers, ...(type !== undefined && { 'content-type': type }) };
    const declared = operation.descriptor.responses.find((each) => each.status === response.status);
    const isDescribedXml = response.mediaType !== undefined && declared?.xml?.[response.mediaType] !== undefined;
    return {
      status,
      body: toBody(
        body,
        response.mediaType,
        isDescribedXml,
        declared?.parts?.[response.mediaType ?? ''],
        rowOf(operation, response),
      ),
      headers,
    };
  };

  /** Returns the memory's response to a call without a preference. Undefined if the response comes from the examples. */
  const remember = async (
    operation: MockOperation,
    input: ExampleInput,
    choice: Choice,
    asked: Preference,
    url: string,
  ): Promise<Recalled | undefined> => {
    if (!memory || choice.kind !== 'declared') return undefined;
    const found = memory.act(operation, input, choice.response, url);
    if (!found) return undefined;
    if (found.kind !== 'success') {
      const status = FAILURES[found.kind];
      const { notFound } = envelope.faults;
      const code = found.kind === 'missing' ? String(notFound) : String(status);
      const failure = chooseResponse(operation, envelope, { code });
      const example = `remembered: ${found.kind}`;
      if (failure.kind !== 'none') return { given: await make(operation, failure, {}), example };
      const error = { code: found.kind === 'missing' ? notFound : status };
      if (operation.descriptor.codes.some((each) => String(each) === String(error.code)))
        return { given: { error }, example };
      const why =
        found.kind === 'missing' ? 'The mock has no such item.' : 'The mock already has an item with this id.';
      const detail = `${why} ${operation.descriptor.id} declares no response with the status ${status}.`;
      return { given: { error }, example, rejected: { status, detail } };
    }
    const shown = await make(operation, choice, asked);
    if ('error' in shown) return undefined;
    const { response } = choice;
    const declared = operation.descriptor.responses.find((each) => each.status === response.status);
    const isXml = response.mediaType !== undefined && declared?.xml?.[response.mediaType] !== undefined;
    const headers = found.headers?.(shown.headers) ?? shown.headers;
    const location = Object.keys(headers).find((name) => name.toLowerCase() === 'location');
    return {
      given: {
        ...shown,
        headers,
        ...(response.mediaType !== undefined &&
          !BODILESS.has(choice.status) && {
            body: toBody(
              found.body,
              response.mediaType,
              isXml,
              declared?.parts?.[response.mediaType ?? ''],
              rowOf(operation, response),
            ),
          }),
        ...(found.location !== undefined && location && { headers: { ...headers, [location]: found.location } }),
      },
      example: 'remembered',
    };
  };

  /** Replaces the token in the success of a login by one that the mock then accepts. */
  const handOut = (operation: MockOperation, given: Given, code: Code | undefined): Given => {
    const schemes = logins.get(operation.descriptor.id);
    if (!schemes || 'error' in given) return given;
    const success = envelope.code === 'status' ? given.status < 300 : envelope.success.some((each) => each === code);
    if (!success) return given;
    const body = schemes.reduce<unknown>(
      (current, scheme) => withToken(current, scheme.token, (example) => sessions.issue(scheme, example)),
      given.body,
    );
    return { ...given, body };
  };

  return {
    make,
    async respond(operation: MockOperation, input: ExampleInput, { request, signal }: Asked): Promise<Given> {
      const { scenario } = director;
      const { headers } = request;
      const said = preferenceOf(request);
      const isAsked = said.code !== undefined || said.status !== undefined || said.example !== undefined;
      const pinned = director.pins.get(`${api.provider}/${operation.descriptor.id}`);
      const asked: Preference = isAsked ? said : { ...pinned, ...said };
      // If the request has a preference, it gets that response, regardless of the scenario.
      const fault: Fault | undefined = isAsked || pinned ? undefined : director.next();
      const delay = (asked.delay ?? scenario.delay) + (fault === 'slow' ? SLOW : 0);
      if (delay > 0) await sleep(delay, undefined, signal && { signal });
      const accepted = orderByAccept(operation, headers.get('accept'));
      const choice = fault === 'error' ? faultOf(operation) : chooseResponse(accepted, envelope, asked);
      const response = choice.kind === 'declared' ? choice.response : undefined;
      const trace: Trace = {
        operation,
        example: asked.dynamic ? 'generated (dynamic)' : response?.name,
        fault,
        pinned: !isAsked && pinned !== undefined,
        delay,
        ...(choice.kind === 'none' && { undeclared: choice.reason }),
      };
      traces.set(request, trace);
      try {
        const isFree = !isAsked && pinned === undefined && fault !== 'error' && !asked.dynamic;
        const remembered = isFree ? await remember(operation, input, choice, asked, request.url) : undefined;
        if (remembered) trace.example = remembered.example;
        if (remembered?.rejected) trace.rejected = remembered.rejected;
        trace.given = remembered?.given ?? handOut(operation, await make(operation, choice, asked), response?.code);
      } catch (error) {
        trace.failure = error instanceof Error ? error.message : String(error);
        trace.given = { error: { code: envelope.faults.internal } };
      }
      return trace.given;
    },
  };
}
