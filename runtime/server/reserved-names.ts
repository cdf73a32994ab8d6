import {
  type ApiDescriptor,
  type Carrier,
  credentialsIn,
  fixedQuery,
  type OperationDescriptor,
  own,
  type SecuritySchemeDescriptor,
} from '../contract/index.ts';
import { carriersOf } from '../signing/index.ts';

/** Names that an open exploded object does not contain, because they are not data of the caller. By location. */
export type ReservedNames = { readonly query: readonly string[]; readonly cookie: readonly string[] };

/**
 * Collects the names that the security schemes of an operation send, and the query parameters that select the
 * operation.
 */
export function reservedNames(
  { security, when }: Pick<OperationDescriptor, 'security' | 'when'>,
  { securitySchemes }: Pick<ApiDescriptor, 'securitySchemes'>,
): ReservedNames {
  const carriers = security.flat().flatMap((name) => placesOf(own(securitySchemes, name)));
  const within = (place: Carrier['in']) => carriers.flatMap((carrier) => (carrier.in === place ? [carrier.name] : []));
  return { query: [...within('query'), ...fixedQuery(when)], cookie: within('cookie') };
}

function placesOf(scheme: SecuritySchemeDescriptor | undefined): readonly Carrier[] {
  if (scheme === undefined) return [];
  if (scheme.kind === 'session') return scheme.carriers;
  if (scheme.kind !== 'signature') return credentialsIn(scheme).flatMap(({ carriers }) => carriers);
  const { window } = scheme.timestamp ?? {};
  return [...carriersOf(scheme), ...(window ? [window] : [])];
}
