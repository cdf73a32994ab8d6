import type { NormalizedNodeType, ResolvedRefMap } from '@redocly/openapi-core';
import { isPattern } from '../expand/drop-patterns.ts';

type PropType = NonNullable<NormalizedNodeType['items']>;
type KnownType = Exclude<NormalizedNodeType['items'], (...args: never) => unknown>;
type Scalar = {
  readonly type?: string;
  readonly items?: Scalar;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly directResolveAs?: unknown;
};
type Types = { readonly [name: string]: NormalizedNodeType };
type Visitors = {
  readonly [type: string]: { readonly enter: readonly Visiting[]; readonly leave: readonly Visiting[] };
};
type Visiting = { readonly ruleId: string };

/** What the rules that visit a schema check is checked here, too. */
const RULES: readonly string[] = ['struct', 'countersign/pattern'];
/** A schema, and its maps and lists of schemas. */
const PARTS: readonly string[] = ['Schema', 'SchemaProperties', 'AllOf', 'AnyOf', 'OneOf', 'SchemaList'];

/**
 * Lets Redocly skip each schema in which its rules certainly find nothing. Most nodes of a document are in schemas, and
 * a visit of Redocly takes ten times as long. Redocly still visits, finds and words everything else. Without effect if
 * other rules visit schemas or references.
 *
 * @param types of this run only: they are changed
 */
export function skipPlainSchemas(types: Types, visitors: Visitors, refs: ResolvedRefMap): void {
  const schema = types.Schema;
  if (schema === undefined || !canSkip(schema, visitors)) return;
  const isPlain = plainSchemas(schema, componentsIn(refs));
  const skipping = (type: PropType): PropType => {
    if (type !== schema && typeof type !== 'function') return type;
    return (value, key) => {
      const found = typeof type === 'function' ? type(value, key) : type;
      // A value without a type is not visited.
      return found === schema && isPlain(value) ? null : found;
    };
  };
  for (const type of Object.values(types)) {
    if (type.additionalProperties) type.additionalProperties = skipping(type.additionalProperties);
    for (const [name, of] of Object.entries(type.properties)) if (of) type.properties[name] = skipping(of);
  }
}

function canSkip({ required, requiredOneOf, allowed }: NormalizedNodeType, visitors: Visitors): boolean {
  const visiting = (name: string): readonly Visiting[] => {
    const { enter = [], leave = [] } = visitors[name] ?? {};
    return [...enter, ...leave];
  };
  const isKnown = (name: string): boolean => visiting(name).every(({ ruleId }) => RULES.includes(ruleId));
  const isForm = required === undefined && requiredOneOf === undefined && allowed === undefined;
  return isForm && visiting('ref').length === 0 && ['any', ...PARTS].every(isKnown);
}

/** References to objects that Redocly also visits at their own place. */
function componentsIn(refs: ResolvedRefMap): ReadonlySet<unknown> {
  const components = new Set<unknown>();
  for (const [id, { node, nodePointer }] of refs)
    if (typeof node === 'object' && node !== null && !Array.isArray(node) && COMPONENT.test(nodePointer ?? ''))
      components.add(id.slice(id.indexOf('::') + '::'.length));
  return components;
}

const COMPONENT = /^#\/components\/schemas\/[^/]+$/;

/** Whether a schema certainly has the form that Redocly's types define, in all of its parts. */
function plainSchemas(schema: NormalizedNodeType, components: ReadonlySet<unknown>): (value: unknown) => boolean {
  const known = new Map<object, boolean>();
  const isPlain = (value: unknown, type: NormalizedNodeType): boolean => {
    if (typeof value !== 'object' || value === null) return false;
    if (type !== schema) return isPlainPart(value, type);
    const found = known.get(value) ?? isPlainPart(value, type);
    known.set(value, found);
    return found;
  };
  const isPlainPart = (value: object, type: NormalizedNodeType): boolean =>
    Array.isArray(value) ? isPlainList(value, type) : isPlainObject(value as Value, type);
  const isPlainList = (list: readonly unknown[], { items }: NormalizedNodeType): boolean =>
    items === schema && list.every((item) => isPlain(item, schema));
  const isPlainObject = (value: Value, type: NormalizedNodeType): boolean => {
    const { properties, additionalProperties, items } = type;
    if (items !== undefined) return false;
    if (typeof value.$ref === 'string')
      return type === schema && components.has(value.$ref) && Object.keys(value).length === 1;
    for (const key of Object.keys(value)) {
      const own = Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
      if (!isPlainMember(key, value[key], typeof own === 'function' ? own(value[key], key) : own)) return false;
    }
    return true;
  };
  const isPlainMember = (key: string, value: unknown, type: KnownType): boolean => {
    if (type === null) return true;
    // Redocly does not check the values of unknown extensions.
    if (type === undefined) return key.startsWith('x-');
    if (typeof type.name === 'string') return PARTS.includes(type.name) && isPlain(value, type as NormalizedNodeType);
    if (key === 'pattern') return typeof value === 'string' && isPattern(value);
    return isPlainScalar(value, type as Scalar);
  };
  return (value) => isPlain(value, schema);
}

type Value = { readonly [key: string]: unknown };

function isPlainScalar(value: unknown, { type, items, enum: choices, minimum, directResolveAs }: Scalar): boolean {
  if (directResolveAs !== undefined || (typeof value === 'object' && value !== null && '$ref' in value)) return false;
  if (choices !== undefined && !choices.includes(value)) return false;
  if (minimum !== undefined && !(typeof value === 'number' && value >= minimum)) return false;
  if (items !== undefined && !(Array.isArray(value) && value.every((item) => isPlainScalar(item, items)))) return false;
  if (type === undefined || type === typeof value) return true;
  return type === 'array' ? Array.isArray(value) : type === 'integer' && Number.isInteger(value);
}
