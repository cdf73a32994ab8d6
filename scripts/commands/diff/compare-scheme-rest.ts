import type { SecuritySchemeDescriptor } from '@countersign/runtime/contract';
import { asCode } from './as-code.ts';
import { sameJson, type Tell } from './types.ts';

/** What compare-security.ts judges, and what names code of the package alone. */
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

/** Whatever else a scheme says, such as the recipe of a signature: parties that differ in it do not understand each other. */
export function compareOthers(before: SecuritySchemeDescriptor, after: SecuritySchemeDescriptor, tell: Tell): void {
  const [old, now] = [before, after].map((scheme) => new Map<string, unknown>(Object.entries(scheme)));
  for (const key of new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])) {
    const [was, is] = [old?.get(key), now?.get(key)];
    if (JUDGED.has(key) || sameJson(was, is)) continue;
    // A receiver that is generated anew answers it; nobody's call changes.
    if (key === 'challenge' && was === undefined) {
      tell('minor', 'has a challenge');
      continue;
    }
    // A plugin and a recipe may sign alike: test vectors and fixed requests show whether they do.
    const moved = key === 'recipe' && (was === undefined || is === undefined);
    tell(moved ? 'patch' : 'major', moved ? 'has a different signer' : `has another ${asCode(key)}`);
  }
}
