import { compile } from '../compile.ts';
import { hasMember, isJsonObject } from '../json.ts';
import type { Keywords, Node } from '../node.ts';
import type { DynamicScope } from '../scope.ts';
import { addName, allOf, constant, type Holding, type Look, type LookAt, type Seen } from './look.ts';

const NOTHING: readonly Holding[] = [];

/** The properties and items that a schema with JSON Schema keywords names. */
export function lookAtKeywords(keywords: Keywords, lookAt: LookAt): Look {
  const { $dynamicAnchors: anchors } = keywords;
  let parts: readonly Look[] | undefined;
  return {
    see(value, seen, outer) {
      const dynamic = anchors === undefined ? outer : { anchors, outer };
      parts ??= partsOf(keywords, lookAt);
      for (const part of parts) part.see(value, seen, dynamic);
    },
    always() {
      parts ??= partsOf(keywords, lookAt);
      return parts.length === 1 && anchors === undefined ? parts[0]?.always?.() : undefined;
    },
  };
}

function partsOf(keywords: Keywords, lookAt: LookAt): readonly Look[] {
  const { allOf: all = [], $ref, $dynamicRef, anyOf, oneOf, discriminator, dependentSchemas } = keywords;
  const inPlace = [...all, ...($ref === undefined ? [] : [$ref])].map((each) => lookAt(each));
  return [
    members(keywords, lookAt),
    items(keywords, lookAt),
    ...inPlace,
    $dynamicRef && dynamicReference($dynamicRef, lookAt),
    discriminator ? tagged(discriminator, lookAt) : undefined,
    ...(discriminator ? [] : [anyOf, oneOf]).map((options) => options && alternatives(options, lookAt)),
    conditional(keywords, lookAt),
    ...Object.entries(dependentSchemas ?? {}).map(([name, node]) => dependent(name, node, lookAt)),
  ].filter((look) => look !== undefined);
}

/** Whether a schema accepts a value. */
const takes = (node: Node, value: unknown, dynamic: DynamicScope | undefined): boolean => {
  const issues: [] = [];
  compile(node)(value, { issues, evaluated: undefined, dynamic, context: { async: false } });
  return issues.length === 0;
};

function members(keywords: Keywords, lookAt: LookAt): Look | undefined {
  const {
    properties = {},
    patternProperties = [],
    additionalProperties,
    unevaluatedProperties,
    dropped = [],
  } = keywords;
  const named = Object.entries(properties).map(([name, node]) => [name, lookAt(node)] as const);
  const patterns = patternProperties.map(([pattern, node]) => [pattern, lookAt(node)] as const);
  const rest = additionalProperties ?? unevaluatedProperties;
  const others = rest === undefined ? undefined : lookAt(rest);
  const names = named.length + patterns.length + dropped.length > 0 || rest !== undefined;
  if (!names) return undefined;
  const { see, always } = constant((seen, dynamic) => {
    seen.named = true;
    for (const name of dropped) seen.dropped.add(name);
    for (const [name, look] of named) addMember(seen, name, look, dynamic);
    if (rest === undefined || rest === false) return;
    seen.open = true;
    const isOwn = (name: string) => Object.hasOwn(properties, name) || patterns.some(([pattern]) => pattern.test(name));
    if (others) seen.others.push((name) => (isOwn(name) ? undefined : [{ look: others, dynamic }]));
  });
  return {
    see(value, seen, dynamic) {
      if (!isJsonObject(value)) return;
      see(value, seen, dynamic);
      for (const [pattern, look] of patterns)
        for (const name of Object.keys(value)) if (pattern.test(name)) addMember(seen, name, look, dynamic);
    },
    // The names of a pattern depend on the value.
    ...(patterns.length === 0 && always && { always }),
  };
}

function addMember(seen: Seen, name: string, look: Look | undefined, dynamic: DynamicScope | undefined): void {
  if (look) addName(seen, name, { look, dynamic });
  else if (!seen.names.has(name)) seen.names.set(name, NOTHING);
}

function items(
  { prefixItems = [], items: each, contains, unevaluatedItems }: Keywords,
  lookAt: LookAt,
): Look | undefined {
  const prefix = prefixItems.map((each) => lookAt(each));
  const rest = each ?? unevaluatedItems;
  const others = rest === undefined ? undefined : lookAt(rest);
  const containing = contains === undefined ? undefined : lookAt(contains);
  if (others === undefined && containing === undefined && prefix.every((look) => look === undefined)) return undefined;
  return {
    see(value, seen, dynamic) {
      if (!Array.isArray(value)) return;
      seen.items.push((index, item) => {
        const look = index < prefix.length ? prefix[index] : others;
        const found = containing && takes(contains ?? true, item, dynamic) ? containing : undefined;
        return [look, found].flatMap((one) => (one ? [{ look: one, dynamic }] : []));
      });
    },
  };
}

/** Only alternatives that match the value count. If none matches, all count. */
function alternatives(options: readonly Node[], lookAt: LookAt): Look | undefined {
  const all = options.flatMap((node) => {
    const look = lookAt(node);
    return look ? [{ node, look }] : [];
  });
  if (all.length < 2) return allOf(all.map(({ look }) => look));
  return {
    see(value, seen, dynamic) {
      const fitting = seen.all ? [] : all.filter(({ node }) => takes(node, value, dynamic));
      for (const { look } of fitting.length > 0 ? fitting : all) look.see(value, seen, dynamic);
    },
  };
}

function tagged({ propertyName, mapping }: NonNullable<Keywords['discriminator']>, lookAt: LookAt): Look {
  const byTag = new Map(Object.entries(mapping).map(([tag, node]) => [tag, lookAt(node)]));
  return {
    see(value, seen, dynamic) {
      if (!isJsonObject(value)) return;
      // Alternatives may lack the property that distinguishes them.
      seen.named = true;
      addMember(seen, propertyName, undefined, dynamic);
      const tag = hasMember(value, propertyName) ? value[propertyName] : undefined;
      if (typeof tag === 'string' && byTag.has(tag)) byTag.get(tag)?.see(value, seen, dynamic);
      else for (const look of byTag.values()) look?.see(value, seen, dynamic);
    },
  };
}

function conditional(
  { if: condition, then = true, else: otherwise = true }: Keywords,
  lookAt: LookAt,
): Look | undefined {
  if (condition === undefined) return undefined;
  return {
    see(value, seen, dynamic) {
      const holds = takes(condition, value, dynamic);
      for (const node of holds ? [condition, then] : [otherwise]) lookAt(node)?.see(value, seen, dynamic);
    },
  };
}

function dependent(name: string, node: Node, lookAt: LookAt): Look | undefined {
  const look = lookAt(node);
  return (
    look && {
      see(value, seen, dynamic) {
        if (isJsonObject(value) && hasMember(value, name)) look.see(value, seen, dynamic);
      },
    }
  );
}

/** Resolves a dynamic reference: the outermost schema resource with the anchor decides. */
function dynamicReference({ anchor, otherwise }: NonNullable<Keywords['$dynamicRef']>, lookAt: LookAt): Look {
  return {
    see(value, seen, dynamic) {
      let node = otherwise;
      for (let scope = dynamic; scope; scope = scope.outer)
        if (Object.hasOwn(scope.anchors, anchor)) node = scope.anchors[anchor] ?? node;
      lookAt(node)?.see(value, seen, dynamic);
    },
  };
}
