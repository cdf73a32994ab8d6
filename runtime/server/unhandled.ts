import type { ApiDescriptor, Condition, OperationDescriptor, UnhandledDescriptor } from '../contract/index.ts';
import { compileEnvelope } from './envelope.ts';
import { Refusal } from './refusal.ts';
import { type Outgoing, successOf } from './response.ts';
import type { RequirementCheck } from './security/requirements.ts';

/** The parts of a route that event handling needs. */
type EventRoute = {
  readonly operation: OperationDescriptor;
  readonly handler: unknown;
  readonly secure: RequirementCheck | undefined;
};

/** The response to an event that has no operation or no handler. */
export type Unhandled<T extends EventRoute> = {
  /** The check of the caller. If all events are signed alike, an unknown event is verified, too. */
  readonly secureFor: (route: T | undefined) => RequirementCheck | undefined;
  readonly response: Outgoing | Refusal;
  /** The operation that logs and rejections name. */
  readonly route: T;
};

const looksAtQuery = (condition: Condition): boolean => 'query' in condition;

/**
 * Compiles the response to events without a handler. Events are webhooks, and operations that a header or the body
 * identifies. Undefined if a path has no events or no handled event: an unknown operation then gets 404, and a missing
 * handler is reported.
 */
export function compileUnhandled<T extends EventRoute>(
  api: ApiDescriptor,
  routes: readonly T[],
): Unhandled<T> | undefined {
  const events = routes.filter(({ operation }) => operation.when?.length);
  const route = events.find(({ handler }) => handler) ?? events[0];
  const said = route?.operation.unhandled;
  const isEvent = events.some(({ operation: { webhook, when = [] } }) => webhook || !when.every(looksAtQuery));
  if (!route || !routes.some(({ handler }) => handler) || !(said || isEvent)) return undefined;
  const keyOf = ({ operation: { security, scopes } }: T): string => JSON.stringify([security, scopes]);
  const alike = new Set(events.map(keyOf)).size === 1;
  return {
    route,
    secureFor: (own) => {
      const asked = own ? events.find((event) => event.secure && keyOf(event) === keyOf(own)) : undefined;
      return own ? asked?.secure : alike ? route.secure : undefined;
    },
    response: responseFor(api, route, said),
  };
}

function responseFor(
  api: ApiDescriptor,
  { operation }: EventRoute,
  said: UnhandledDescriptor | undefined,
): Outgoing | Refusal {
  if (said?.code !== undefined) return new Refusal(said.code, 'the event does not exist');
  const status = said?.status ?? successOf(operation) ?? 200;
  const { code, ok } = api.envelope;
  const isFramed = operation.enveloped && (code !== 'status' || Object.keys(ok).length > 0);
  const body =
    said?.body ?? (isFramed && said?.status === undefined ? compileEnvelope(api.envelope, true).wrap({}) : undefined);
  return {
    status,
    body: body === undefined ? null : JSON.stringify(body),
    contentType: body === undefined ? undefined : 'application/json',
    headers: undefined,
  };
}
