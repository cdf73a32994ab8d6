import type { Faults } from '../contract/index.ts';
import type { CallTarget } from './call.ts';
import { describeVariants, pickVariant } from './dispatch.ts';
import type { Incoming } from './incoming.ts';
import { parseQuery, type Query } from './query.ts';
import { Refusal } from './refusal.ts';
import type { Router } from './router.ts';
import type { MethodRoutes, PathRoutes, Route } from './routes.ts';
import type { Unhandled } from './unhandled.ts';
import { withoutPrefix } from './url.ts';

/** The operation of a request, with the parsed parts of its URL. */
export type Found = CallTarget & {
  readonly route: Route;
  /** The response to an event without a handler. */
  readonly unhandled: Unhandled<Route> | undefined;
};

/** An OPTIONS request without an operation. */
export type Options = { readonly allow: string };

/** The body must be read to identify the operation. */
export type Undecided = { readonly decide: (body: Uint8Array) => Found | Refusal };

/**
 * Finds the operation of a request.
 * @param prefix the path under which the server is mounted
 */
export function findRoute(
  router: Router<PathRoutes>,
  faults: Faults,
  incoming: Incoming,
  prefix: string,
): Found | Options | Undecided | Refusal {
  const { queryText, method } = incoming;
  const path = withoutPrefix(incoming.path, prefix);
  const found = router.find(path);
  if (!found) return new Refusal(faults.notFound, 'the path does not exist');
  const { methods, allow } = found.value;
  const variants = methods.get(method);
  if (!variants) {
    if (method === 'OPTIONS') return { allow };
    return new Refusal(faults.methodNotAllowed, `method must be ${allow}`, { allow });
  }
  const { plain, conditional, needsBody } = variants;
  const place: Place = { values: found.values, queryText, prefix };
  if (conditional.length === 0 && plain) return foundAt(place, plain, undefined, undefined);
  const query = parseQuery(queryText);
  if (needsBody) return { decide: (body) => decide(variants, faults, incoming, place, query, body) };
  return decide(variants, faults, incoming, place, query, undefined);
}

/** The parts of a URL that the operation does not change. */
type Place = Pick<CallTarget, 'queryText' | 'prefix'> & { readonly values: CallTarget['path'] };

function foundAt(
  { values, queryText, prefix }: Place,
  route: Route,
  query: Query | undefined,
  unhandled: Unhandled<Route> | undefined,
): Found {
  return { path: route.rename?.(values) ?? values, queryText, prefix, route, query, unhandled };
}

function decide(
  variants: MethodRoutes,
  faults: Faults,
  incoming: Incoming,
  place: Place,
  query: Query,
  body: Uint8Array | undefined,
): Found | Refusal {
  const { unhandled } = variants;
  const route = pickVariant(variants, { query, header: (name) => incoming.header(name), body });
  if (route?.handler || (route && !unhandled)) return foundAt(place, route, query, undefined);
  if (unhandled) return foundAt(place, route ?? unhandled.route, query, forEvent(unhandled, route));
  return new Refusal(faults.notFound, `no operation matches the request: ${describeVariants(variants)}`);
}

const forEvent = (unhandled: Unhandled<Route>, route: Route | undefined): Unhandled<Route> => {
  const secure = unhandled.secureFor(route);
  return { ...unhandled, secureFor: () => secure };
};
