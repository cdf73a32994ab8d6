import { OAuthRefusal } from './responses.ts';
import type { Issuer } from './types.ts';

/**
 * Returns the scopes of a request, limited to those that were already granted. A request without scopes gets all scopes
 * of the contract.
 */
export function scopesFor(issuer: Issuer, text: string, granted: readonly string[] = issuer.scopes): readonly string[] {
  const asked = [...new Set(text.split(' ').filter((scope) => scope !== ''))];
  const unknown = asked.filter((scope) => !granted.includes(scope));
  if (unknown.length > 0) throw new OAuthRefusal('invalid_scope', `The scope ${unknown.join(', ')} cannot be granted.`);
  return asked.length > 0 ? asked : granted.filter((scope) => scope !== 'openid');
}
