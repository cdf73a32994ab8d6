import type { Faults } from '../contract/index.ts';
import type { CallTarget } from './call.ts';
import { describeVariants, pickVariant } from './dispatch.ts';
import type { Incoming } from './incoming.ts';
import { parseQuery } from './query.ts';
import { Refusal } from './refusal.ts';
import type { Router } from './router.ts';
import type { PathRoutes, Route } from './routes.ts';
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
  const targetOf = ({ rename }: Route) => ({ path: rename?.(found.values) ?? found.values, queryText, prefix });
  const { plain, unhandled, conditional, needsBody } = variants;
  if (conditional.length === 0 && plain) {
    return {
      path: plain.rename?.(found.values) ?? found.values,
      queryText,
      prefix,
      route: plain,
      query: undefined,
      unhandled: undefined,
    };
  }
  const query = parseQuery(queryText);
  const decide = (body?: Uint8Array): Found | Refusal => {
    const route = pickVariant(variants, { query, header: (name) => incoming.header(name), body });
    if (route?.handler || (route && !unhandled)) return { ...targetOf(route), route, query, unhandled: undefined };
    if (unhandled) {
      const own = route ?? unhandled.route;
      return { ...targetOf(own), route: own, query, unhandled: forEvent(unhandled, route) };
    }
    return new Refusal(faults.notFound, `no operation matches the request: ${describeVariants(variants)}`);
  };
  return needsBody ? { decide } : decide();
}

const forEvent = (unhandled: Unhandled<Route>, route: Route | undefined): Unhandled<Route> => {
  const secure = unhandled.secureFor(route);
  return { ...unhandled, secureFor: () => secure };
};
