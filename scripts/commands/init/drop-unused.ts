import type { Document } from 'yaml';
import { isObject, ownMember, pointerTokens, toPointer } from '../../common/document/pointer.ts';

/** Components that are only used through a `$ref`. */
const REFERRED = ['schemas', 'parameters', 'responses', 'examples', 'requestBodies', 'headers'];

/**
 * Removes components without a reference, which generate no code. Components that only removed components use are
 * removed, too.
 */
export function dropUnused(document: Document): readonly string[] {
  const dropped: string[] = [];
  for (let more = true; more; ) {
    const value: unknown = document.toJS({ maxAliasCount: 1000 });
    const used = findReferences(value);
    const components = ownMember(value, 'components');
    more = false;
    for (const section of REFERRED) {
      for (const name of Object.keys(ownMember(components, section) ?? {})) {
        if (used.has(name) || used.has(toPointer(['components', section, name]))) continue;
        document.deleteIn(['components', section, name]);
        dropped.push(name);
        more = true;
      }
    }
  }
  return dropped.length === 0 ? [] : [`removed ${dropped.length} unused components`];
}

/** Components that a `$ref` or a discriminator names: pointers, and plain names in a mapping. */
function findReferences(value: unknown, found = new Set<string>()): ReadonlySet<string> {
  if (Array.isArray(value)) for (const item of value) findReferences(item, found);
  if (!isObject(value)) return found;
  for (const [key, member] of Object.entries(value)) {
    if (key === '$ref' && typeof member === 'string') {
      const tokens = pointerTokens(decode(member));
      found.add(toPointer(tokens.slice(0, 3)));
    } else if (key === 'mapping' && isObject(member)) {
      for (const target of Object.values(member)) found.add(decode(String(target)).replace(/^#/, ''));
    } else findReferences(member, found);
  }
  return found;
}

/** A `$ref` is a URI. The linter reports one that cannot be decoded. */
function decode(reference: string): string {
  try {
    return decodeURIComponent(reference);
  } catch {
    return reference;
  }
}
