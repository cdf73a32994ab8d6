import { type BodyKind, type Faults, kindIn } from '../contract/index.ts';
import { after, isPending } from './after.ts';
import { BadInputError } from './bad-input.ts';
import type { BodyReader } from './body-reader.ts';
import type { Call, Delivery } from './call.ts';
import { codingOf } from './decompress.ts';
import { busyRefusal, compileDelivery } from './deliver.ts';
import type { DeliveryStore } from './delivery-store.ts';
import { DeadlineError, UndeclaredResponseError } from './errors.ts';
import { Refusal } from './refusal.ts';
import { compileReject } from './reject.ts';
import type { Outgoing } from './response.ts';
import type { Route } from './routes.ts';
import type { OnReject, RateLimiter, ServerFailure } from './types.ts';
import type { Unhandled } from './unhandled.ts';

/** The message of an internal error. The caller receives no further details. */
export const INTERNAL_MESSAGE = 'internal error';

/** Kinds of bodies that are read as they arrive. */
const STREAMED: ReadonlySet<BodyKind> = new Set(['binary', 'multipart', 'lines']);

/** Limits and callbacks of every call. */
export type RunnerOptions = {
  readonly faults: Faults;
  readonly bodyLimit: number;
  readonly bodies: BodyReader;
  readonly deliveryStore: DeliveryStore;
  readonly rateLimit: RateLimiter<never> | undefined;
  readonly onError: ((failure: ServerFailure) => void | Promise<void>) | undefined;
  readonly onReject: OnReject<never> | undefined;
};

/**
 * The result of a stage. It is not a promise unless the stage is asynchronous, because platforms send such a response
 * faster.
 */
type Step = Outgoing | PromiseLike<Outgoing>;

/**
 * Creates the function that runs the stages of a call: body, caller, rate, input, handler, response. Its result never
 * rejects.
 */
export function createRunner(options: RunnerOptions) {
  const { faults, bodyLimit, bodies, deliveryStore, rateLimit, onError, onReject } = options;
  const { read: readBody, tooLarge, unknownCoding } = bodies;
  const internal = new Refusal(faults.internal, INTERNAL_MESSAGE);
  const timeout = new Refusal(faults.timeout, 'the response timed out');
  const deliver = compileDelivery(deliveryStore, busyRefusal(faults.timeout));

  const report = async (call: Call, kind: ServerFailure['kind'], error: unknown): Promise<void> => {
    call.logger.error?.({ kind, error }, 'a call failed with an internal error');
    try {
      await onError?.({ kind, error, operation: call.operation.id, requestId: call.requestId });
    } catch (hookError) {
      call.logger.error?.({ error: hookError }, 'the onError hook failed');
    }
  };

  const refuse = compileReject(onReject, (call, error) => report(call, 'response', error));

  const takeBody = (route: Route, call: Call): Refusal | undefined | PromiseLike<Refusal | undefined> => {
    call.bodyLimit = bodyLimit;
    call.tooLarge = () => new BadInputError(tooLarge);
    const type = call.header('content-type') ?? call.operation.body?.content[0] ?? '';
    if (route.streams && STREAMED.has(kindIn(type, call.operation.body))) {
      call.isStreamed = true;
      return codingOf(call.header('content-encoding')) === 'unsupported' ? unknownCoding : undefined;
    }
    return after(readBody(call.incoming), (body) => {
      if (body instanceof Refusal) return body;
      call.keepBody(body);
      return undefined;
    });
  };

  const admit = async (call: Call): Promise<Refusal | undefined> => {
    const decision = await rateLimit?.limit(call as never);
    if (!decision || decision.allowed) return undefined;
    const seconds = decision.retryAfter === undefined ? undefined : Math.max(1, Math.ceil(decision.retryAfter));
    const headers = seconds === undefined ? undefined : { 'retry-after': String(seconds) };
    return new Refusal(faults.rateLimited, 'too many requests', headers);
  };

  // Each step continues at once if its value is available. A function for each step, or a general `after`, would take
  // as long as the step itself, because the engine inlines only functions that are called from one place.
  const handle = (route: Route, call: Call, input: unknown): Step => {
    const delivery = route.deliveryOf(call);
    if (delivery) return handleOnce(route, call, input, delivery);
    call.stage = 'handler';
    const result = route.handler?.(input, call);
    return isPending(result)
      ? Promise.resolve(result).then((settled) => write(route, call, settled))
      : write(route, call, result);
  };

  const write = (route: Route, call: Call, result: unknown): Step => {
    call.stage = 'response';
    return route.response.write(result, call);
  };

  const handleOnce = async (route: Route, call: Call, input: unknown, delivery: Delivery): Promise<Outgoing> => {
    const outgoing = await deliver(call, delivery, route.busy, async () => {
      call.stage = 'handler';
      const result = await route.handler?.(input, call);
      call.stage = 'response';
      const written = await route.response.write(result, call);
      return { outgoing: written, succeeded: route.succeeded(result, written) };
    });
    return outgoing instanceof Refusal ? refuse(route, call, outgoing) : outgoing;
  };

  const handleRead = (route: Route, call: Call, input: unknown): Step =>
    input instanceof Refusal ? refuse(route, call, input) : handle(route, call, input);

  const read = (route: Route, call: Call): Step => {
    const input = route.readInput(call);
    return isPending(input)
      ? input.then((settled) => handleRead(route, call, settled))
      : handleRead(route, call, input);
  };

  const understand = (route: Route, call: Call): Step => {
    if (!route.open) return read(route, call);
    return after(route.open(call), (refusal) => (refusal ? refuse(route, call, refusal) : read(route, call)));
  };

  const serve = (route: Route, call: Call, unhandled: Unhandled<Route> | undefined): Step =>
    unhandled ? passOver(route, call, unhandled) : understand(route, call);

  const challenge = (route: Route, call: Call, unhandled: Unhandled<Route> | undefined): Step => {
    if (!route.challenge) return serve(route, call, unhandled);
    return after(route.challenge(call), (given) => {
      if (given === undefined) return serve(route, call, unhandled);
      return given instanceof Refusal ? refuse(route, call, given) : given;
    });
  };

  const proceed = (
    route: Route,
    call: Call,
    unhandled: Unhandled<Route> | undefined,
    refusal: Refusal | undefined,
  ): Step => {
    if (refusal) return refuse(route, call, refusal, route.challenges);
    const step = rateLimit
      ? after(admit(call), (limited) => (limited ? refuse(route, call, limited) : challenge(route, call, unhandled)))
      : challenge(route, call, unhandled);
    const { sign } = route;
    return sign ? after(step, (outgoing) => sign(call, outgoing)) : step;
  };

  const identify = (route: Route, call: Call, unhandled: Unhandled<Route> | undefined): Step => {
    const secure = unhandled ? unhandled.secureFor(route) : route.secure;
    const refusal = secure?.(call);
    return isPending(refusal)
      ? Promise.resolve(refusal).then((settled) => proceed(route, call, unhandled, settled))
      : proceed(route, call, unhandled, refusal);
  };

  const passOver = (route: Route, call: Call, { response }: Unhandled<Route>): Step => {
    call.logger.warn?.({ method: call.method, path: route.operation.path }, 'the event has no handler');
    return response instanceof Refusal ? refuse(route, call, response) : response;
  };

  const begin = (route: Route, call: Call, unhandled: Unhandled<Route> | undefined): Step => {
    if (!route.readsBody || call.hasBody) return identify(route, call, unhandled);
    return after(takeBody(route, call), (refusal) =>
      refusal ? refuse(route, call, refusal) : identify(route, call, unhandled),
    );
  };

  const fail = (route: Route, call: Call, error: unknown): Step => {
    if (error instanceof BadInputError) return refuse(route, call, error.refusal);
    // Errors after the abort at the deadline were already reported as a timeout.
    if (!call.expired || error !== call.expired) {
      report(call, error instanceof UndeclaredResponseError ? 'response' : call.stage, error);
    }
    return refuse(route, call, internal);
  };

  const bound = (route: Route, call: Call, limit: number, outgoing: PromiseLike<Outgoing>): Promise<Outgoing> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => {
        const error = new DeadlineError(`no response within ${limit} ms`);
        call.expire(error);
        resolve(refuse(route, call, timeout));
        report(call, 'timeout', error);
      }, limit);
      outgoing.then((settled) => {
        clearTimeout(timer);
        resolve(settled);
      });
    });

  return (route: Route, call: Call, unhandled?: Unhandled<Route>): Step => {
    try {
      const step = begin(route, call, unhandled);
      if (!isPending(step)) return step;
      const outgoing = step.then(undefined, (error) => fail(route, call, error));
      return route.limit === undefined ? outgoing : bound(route, call, route.limit, outgoing);
    } catch (error) {
      return fail(route, call, error);
    }
  };
}
