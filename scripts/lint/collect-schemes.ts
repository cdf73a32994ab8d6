import type { JsonObject } from '../common/document/pointer.ts';
import type { Location, Visitor } from './rule.ts';

/** A security scheme that lint found. */
export type FoundScheme = { readonly node: JsonObject; readonly location: Location };

/** Gathers the security schemes. Spread `visitor` into a rule's own. */
export function collectSchemes(): { readonly schemes: FoundScheme[]; readonly visitor: Visitor } {
  const schemes: FoundScheme[] = [];
  return { schemes, visitor: { SecurityScheme: (node, { location }) => void schemes.push({ node, location }) } };
}
