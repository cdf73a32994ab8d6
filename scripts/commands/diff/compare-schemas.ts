import { isObject, ownMember, pointerTokens } from '../../common/document/pointer.ts';
import type { ExpandedDocument, JsonSchema } from '../../model/types.ts';
import { asCode } from './as-code.ts';
import { compareBranches } from './compare-branches.ts';
import { compareLimits } from './compare-limits.ts';
import { compareObjects } from './compare-objects.ts';
import { compareTypes } from './compare-types.ts';
import { sameJson } from './types.ts';

/**
 * What a change does to the values that a schema lets through. `narrows`: fewer; `widens`: more; `adds`: a member that
 * may be left out; `removes`: a member that programs may name; `unclear`: no rule of ours can tell.
 */
export type Effect = 'narrows' | 'widens' | 'adds' | 'removes' | 'unclear' | 'words';
export type Finding = { readonly effect: Effect; readonly text: string };

export type SchemaNode = { readonly [keyword: string]: unknown };
export type Compare = (before: unknown, after: unknown, at: string) => readonly Finding[];

/** Keywords that compareTypes, compareLimits, compareObjects and compareBranches judge, and those that judge nothing. */
const JUDGED = new Set(
  `type nullable enum const minimum maximum exclusiveMinimum exclusiveMaximum minLength maxLength minItems maxItems
   minProperties maxProperties multipleOf pattern format uniqueItems properties required additionalProperties items
   prefixItems allOf anyOf oneOf title description example examples default deprecated readOnly writeOnly externalDocs
   xml discriminator $ref $defs $id $schema $comment $anchor contentMediaType contentEncoding`.split(/\s+/),
);

/** Compares two schemas, each within its own document, however deep; a pair that was seen is not entered again. */
export function compareSchemas(
  before: JsonSchema,
  after: JsonSchema,
  documents: { readonly before: ExpandedDocument; readonly after: ExpandedDocument },
): readonly Finding[] {
  const seen = new Map<object, Set<object>>();
  const compare: Compare = (a, b, at) => {
    const old = resolve(a, documents.before);
    const now = resolve(b, documents.after);
    if (!isObject(old) || !isObject(now)) return compareBooleans(old, now, at);
    if (seen.get(old)?.has(now)) return [];
    seen.set(old, (seen.get(old) ?? new Set()).add(now));
    return [
      ...compareTypes(old, now, at),
      ...compareLimits(old, now, at),
      ...compareObjects(old, now, at, compare),
      ...compareBranches(old, now, at, compare),
      ...compareRest(old, now, at),
    ];
  };
  return compare(before, after, '');
}

/** Follows references; what stands beside one holds as well. */
function resolve(schema: unknown, document: ExpandedDocument): unknown {
  let node = schema;
  for (let hops = 0; isObject(node) && typeof node.$ref === 'string' && hops < 32; hops += 1) {
    const { $ref, ...beside } = node;
    if (!$ref.startsWith('#')) return node;
    const target = pointerTokens($ref.slice(1)).reduce<unknown>(
      (value, token) => ownMember(value, decodeURIComponent(token)),
      document,
    );
    const words = Object.keys(beside).every((key) => ['description', 'summary', 'title', 'deprecated'].includes(key));
    node = words || !isObject(target) ? target : { ...target, ...beside };
  }
  return node;
}

function compareBooleans(before: unknown, after: unknown, at: string): readonly Finding[] {
  const open = (schema: unknown): boolean => schema === undefined || schema === true || sameJson(schema, {});
  if ((open(before) && open(after)) || sameJson(before, after)) return [];
  if (open(before) || after === false) return [{ effect: 'narrows', text: `${place(at)} is no longer any value` }];
  if (open(after) || before === false) return [{ effect: 'widens', text: `${place(at)} may now be any value` }];
  return [{ effect: 'unclear', text: `${place(at)} has another schema` }];
}

function compareRest(before: SchemaNode, after: SchemaNode, at: string): readonly Finding[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => !JUDGED.has(name) && !name.startsWith('x-') && !sameJson(before[name], after[name]),
  );
  const judged: Finding[] = names.map((name) => ({
    effect: 'unclear',
    text: `${place(at)} has another ${asCode(name)}`,
  }));
  const words = ['title', 'description', 'examples', 'example', 'default'].some(
    (name) => !sameJson(before[name], after[name]),
  );
  if (words) judged.push({ effect: 'words', text: `${place(at)} is described or exemplified anew` });
  if (before.deprecated !== true && after.deprecated === true)
    judged.push({ effect: 'adds', text: `${place(at)} is deprecated` });
  return judged;
}

/** A place within a body, as people write it. */
export const place = (at: string): string => (at === '' ? 'the value' : asCode(at));
export const member = (at: string, name: string): string => (at === '' ? name : `${at}.${name}`);
