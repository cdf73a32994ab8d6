import { isObject, type JsonObject, ownMember, pointerTokens } from '../../common/document/pointer.ts';
import type { ExpandedDocument } from '../../model/types.ts';
import { mergeParts } from './merge-parts.ts';
import type { NormalSchema } from './normal-form.ts';

/** What a `$ref` of the document names; undefined where it names nothing. */
function resolveRef($ref: string, document: ExpandedDocument): unknown {
  if (!$ref.startsWith('#')) return undefined;
  return pointerTokens($ref.slice(1)).reduce<unknown>(
    (value, token) => ownMember(value, decodeURIComponent(token)),
    document,
  );
}

/** The only branch of a union: it holds as a part of `allOf` does. */
function singleBranch(union: unknown, node: JsonObject): readonly unknown[] {
  return Array.isArray(union) && union.length === 1 && node.discriminator === undefined ? union : [];
}

/** Reads schemas of one document in their normal form. Equal sets of parts give the same object, so recursion ends. */
export function normalizer(document: ExpandedDocument): (holding: readonly unknown[]) => NormalSchema {
  const ids = new Map<unknown, number>();
  const made = new Map<string, NormalSchema>();
  const idOf = (part: unknown): number => {
    const id = ids.get(part) ?? ids.size;
    ids.set(part, id);
    return id;
  };
  return (holding) => {
    const parts = new Set<JsonObject>();
    let never = false;
    const waiting = [...holding];
    for (let next = waiting.shift(); waiting.length > 0 || next !== undefined; next = waiting.shift()) {
      if (next === false) never = true;
      if (!isObject(next) || parts.has(next)) continue;
      parts.add(next);
      if (typeof next.$ref === 'string') waiting.push(resolveRef(next.$ref, document) ?? { $ref: next.$ref });
      if (Array.isArray(next.allOf)) waiting.push(...next.allOf);
      waiting.push(...singleBranch(next.anyOf, next), ...singleBranch(next.oneOf, next));
    }
    const listed = [...parts];
    const key = never
      ? 'never'
      : listed
          .map(idOf)
          .sort((a, b) => a - b)
          .join();
    const known = made.get(key);
    if (known !== undefined) return known;
    const normal = mergeParts(key, listed, never);
    made.set(key, normal);
    return normal;
  };
}
