import type { Faults } from '../contract/index.ts';
import type { CallTarget } from './call.ts';
import { describeVariants, pickVariant } from './dispatch.ts';
import { parseQuery } from './query.ts';
import { Refusal } from './refusal.ts';
import type { Router } from './router.ts';
import type { PathRoutes, Route } from './routes.ts';
import { splitUrl } from './url.ts';

/** The operation that a request is for, and what was read of its URL to find it. */
export type Found = CallTarget & { readonly route: Route };

/** An OPTIONS request that no operation answers. */
export type Options = { readonly allow: string };

/** @param prefix where the server is mounted */
export function findRoute(
  router: Router<PathRoutes>,
  faults: Faults,
  request: Request,
  prefix: string,
): Found | Options | Refusal {
  const { path, query: queryText } = splitUrl(request.url, prefix);
  const found = router.find(path);
  if (!found) return new Refusal(faults.notFound, 'no such path');
  const { methods, allow } = found.value;
  const variants = methods.get(request.method);
  if (!variants) {
    if (request.method === 'OPTIONS') return { allow };
    return new Refusal(faults.methodNotAllowed, `method must be ${allow}`, { allow });
  }
  const query = variants.conditional.length > 0 ? parseQuery(queryText) : undefined;
  const route = query ? pickVariant(variants, query) : variants.plain;
  if (!route) {
    return new Refusal(faults.notFound, `no such operation: the query must have ${describeVariants(variants)}`);
  }
  return { route, path: found.values, query, queryText, prefix };
}
