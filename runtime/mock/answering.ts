import { setTimeout as sleep } from 'node:timers/promises';
import type { Code, SessionScheme } from '../contract/index.ts';
import { type Choice, chooseAnswer } from './choose-answer.ts';
import { createMakeUp } from './make-up.ts';
import { orderByAccept } from './order-by-accept.ts';
import { type Preference, parsePrefer } from './prefer.ts';
import { createPrism, type Prism } from './prism.ts';
import { type Director, type Fault, SLOW } from './scenario.ts';
import { type Sessions, withToken } from './sessions.ts';
import { toBody } from './to-body.ts';
import type { MockOperation, MockProvider } from './types.ts';

/** As handlers of a server answer: a declared answer spelled out, or a declared code. */
export type Given =
  | { readonly status: number; readonly body: unknown; readonly headers: Readonly<Record<string, string>> }
  | { readonly error: { readonly code: Code } };

/** What the mock did with a request that passed all checks. */
export type Trace = {
  readonly operation: MockOperation;
  /** Name of the example that was given. */
  readonly example?: string | undefined;
  /** By the scenario. */
  readonly fault?: Fault | undefined;
  readonly pinned?: boolean;
  /** Milliseconds that it waited. */
  readonly delay?: number;
  /** There is no such answer: why, and what there is instead. */
  readonly undeclared?: string;
  /** No answer could be made. */
  failure?: string;
  /** What was handed to the server; it goes out as it is, where the contract declares it. */
  given?: Given;
};

type Asked = { readonly request: Request; readonly signal?: AbortSignal };

/** What the mock's responses are chosen by. */
export type AnsweringOptions = {
  readonly director: Director;
  readonly sessions: Sessions;
  readonly logins: ReadonlyMap<string, readonly SessionScheme[]>;
  /** Filled while answering; the gateway reads it. */
  readonly traces: WeakMap<Request, Trace>;
};

/** Makes the responses of one provider's mock: by the scenario, else by Prism from examples and schemas. */
export function createAnswering(provider: MockProvider, { director, sessions, logins, traces }: AnsweringOptions) {
  const { api } = provider;
  const { envelope } = api;
  let prism: Promise<Prism> | undefined;
  const makeUp = createMakeUp(provider);
  const getPrism = (): Promise<Prism> => (prism ??= createPrism(provider.document));

  const faultOf = (operation: MockOperation): Choice => {
    const { faults } = envelope;
    const declared = chooseAnswer(operation, envelope, { code: String(faults.internal) });
    return declared.kind === 'none' ? { kind: 'code', code: faults.internal } : declared;
  };

  const make = async (operation: MockOperation, choice: Choice, asked: Preference): Promise<Given> => {
    // What stands for `none` is never seen: the gateway gives its own answer.
    if (choice.kind === 'none') return { error: { code: envelope.faults.notFound } };
    if (choice.kind === 'code') return { error: { code: choice.code } };
    const { answer, status } = choice;
    const { seed = asked.dynamic ? director.nextSeed() : undefined } = asked;
    const shown = await getPrism().then((own) => own.answer({ operation, answer, status }));
    const isMadeUp = answer.mediaType !== undefined && (asked.dynamic === true || answer.name === undefined);
    const body = isMadeUp ? makeUp(operation, answer, asked.dynamic ? seed : undefined) : shown.body;
    const headers = { ...shown.headers, ...(answer.mediaType !== undefined && { 'content-type': answer.mediaType }) };
    return { status: shown.status, body: toBody(body, answer.mediaType), headers };
  };

  /** A login's success holds a token that the mock then accepts. */
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
    async answer(operation: MockOperation, { request, signal }: Asked): Promise<Given> {
      const { scenario } = director;
      const { headers } = request;
      const said = parsePrefer(headers.get('prefer'));
      const isAsked = said.code !== undefined || said.status !== undefined || said.example !== undefined;
      const pinned = director.pins.get(`${api.provider}/${operation.descriptor.id}`);
      const asked: Preference = isAsked ? said : { ...pinned, ...said };
      // Who asks for a certain answer gets that one, whatever the scenario.
      const fault: Fault | undefined = isAsked || pinned ? undefined : director.next();
      const delay = (asked.delay ?? scenario.delay) + (fault === 'slow' ? SLOW : 0);
      if (delay > 0) await sleep(delay, undefined, signal && { signal });
      const accepted = orderByAccept(operation, headers.get('accept'));
      const choice = fault === 'error' ? faultOf(operation) : chooseAnswer(accepted, envelope, asked);
      const answer = choice.kind === 'declared' ? choice.answer : undefined;
      const trace: Trace = {
        operation,
        example: asked.dynamic ? 'made up (dynamic)' : answer?.name,
        fault,
        pinned: !isAsked && pinned !== undefined,
        delay,
        ...(choice.kind === 'none' && { undeclared: choice.reason }),
      };
      traces.set(request, trace);
      try {
        trace.given = handOut(operation, await make(operation, choice, asked), answer?.code);
      } catch (error) {
        trace.failure = error instanceof Error ? error.message : String(error);
        trace.given = { error: { code: envelope.faults.internal } };
      }
      return trace.given;
    },
  };
}
