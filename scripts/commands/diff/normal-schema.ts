import { isObject, type JsonObject } from '../../common/document/pointer.ts';
import { schemaResources } from '../../model/schema/graph/resources.ts';
import { fallbackOf } from '../../model/schema/shape/fallback.ts';
import { upgradeSchema } from '../../model/schema/types/upgrade.ts';
import type { Api, JsonSchema } from '../../model/types.ts';
import { mergeParts } from './merge-parts.ts';
import type { NormalSchema } from './normal-form.ts';

/** The only branch of a union: it applies like a part of `allOf`. */
function singleBranch(union: unknown, node: JsonObject): readonly unknown[] {
  return Array.isArray(union) && union.length === 1 && node.discriminator === undefined ? union : [];
}

/** Schemas that are branches of a union at their place. */
const alternatives = new WeakSet<JsonObject>();

/** Reads schemas of one contract in their normal form. Equal sets of parts give the same object, so recursion ends. */
function normalizer(api: Api): (holding: readonly unknown[]) => NormalSchema {
  const { resolve } = schemaResources(api);
  const ids = new Map<unknown, number>();
  const made = new Map<string, NormalSchema>();
  const idOf = (part: unknown): number => {
    const id = ids.get(part) ?? ids.size;
    ids.set(part, id);
    return id;
  };
  return (holding) => {
    const parts = new Set<JsonObject>();
    const branches = new Set<JsonObject>();
    let never = false;
    const waiting = [...holding];
    while (waiting.length > 0) {
      const given = waiting.shift();
      if (given === false) never = true;
      if (!isObject(given)) continue;
      const next = upgradeSchema(given);
      if (!isObject(next) || parts.has(next)) continue;
      parts.add(next);
      if (alternatives.has(given)) branches.add(next);
      for (const ref of [next.$ref, next.$dynamicRef])
        if (typeof ref === 'string') waiting.push(resolve(ref, given) ?? { $ref: ref });
      if (Array.isArray(next.allOf)) waiting.push(...next.allOf);
      for (const union of [next.anyOf, next.oneOf]) {
        waiting.push(...singleBranch(union, next));
        for (const branch of Array.isArray(union) ? union : []) if (isObject(branch)) alternatives.add(branch);
      }
    }
    const listed = [...parts];
    const key = never
      ? 'never'
      : listed
          .map((part) => (branches.has(part) ? `${idOf(part)}?` : `${idOf(part)}`))
          .sort()
          .join();
    const known = made.get(key);
    if (known !== undefined) return known;
    const normal = mergeParts(key, listed, never, branches);
    made.set(key, normal);
    return normal;
  };
}

const normalizers = new WeakMap<Api, ReturnType<typeof normalizer>>();

/** The normal form of a contract's schemas, computed once for each set of parts. */
export function normalizerOf(api: Api): ReturnType<typeof normalizer> {
  const known = normalizers.get(api) ?? normalizer(api);
  normalizers.set(api, known);
  return known;
}

/**
 * The default that validators fill in: that of the schema itself, else of one that applies with it by `$ref` or
 * `allOf`.
 */
export function defaultOf(schemas: readonly unknown[], api: Api): unknown {
  const { resolve } = schemaResources(api);
  return schemas.map((schema) => fallbackOf(schema as JsonSchema, resolve)).find((found) => found !== undefined)?.value;
}
