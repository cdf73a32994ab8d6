import type { SecuritySchemeDescriptor } from '@countersign/runtime/contract';
import { asCode } from './as-code.ts';
import { sameJson, type Tell } from './types.ts';

/** Fields that compare-security.ts compares, and names of code in the package. */
const JUDGED = new Set([
  ...[
    'kind',
    'name',
    'refusals',
    'credential',
    'credentials',
    'signer',
    'algorithm',
    'signature',
    'timestamp',
    'nonce',
  ],
  ...['replay', 'ambiguous', 'carriers', 'operations', 'token', 'expired', 'maxAge', 'oauth'],
]);

/**
 * Any other field of a scheme, such as the recipe of a signature: if it differs, the two sides reject each other's
 * messages.
 */
export function compareOthers(before: SecuritySchemeDescriptor, after: SecuritySchemeDescriptor, tell: Tell): void {
  const [old, now] = [before, after].map((scheme) => new Map<string, unknown>(Object.entries(scheme)));
  for (const key of new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])) {
    const [was, is] = [old?.get(key), now?.get(key)];
    if (JUDGED.has(key) || sameJson(was, is)) continue;
    // A regenerated receiver responds to the challenge. Calls do not change.
    if (key === 'challenge' && was === undefined) {
      tell('minor', 'has a challenge');
      continue;
    }
    // A plugin and a recipe may create equal signatures. Test vectors and fixed requests show whether they do.
    const moved = key === 'recipe' && (was === undefined || is === undefined);
    tell(moved ? 'patch' : 'major', moved ? 'has a different signer' : `has a different ${asCode(key)}`);
  }
}
