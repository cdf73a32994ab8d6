import { drawObject, drawScalar, NAMES, ref } from '../draw-schema.ts';
import { inside, isJson, type Json, listed } from '../json.ts';
import type { Random } from '../random.ts';

/** Returns the changed schema; undefined if the change does not apply. */
export type SchemaChange = (schema: Json, random: Random) => Json | undefined;

const has = (schema: Json, type: string): boolean => schema.type === type;
const isObject = (schema: Json): boolean => isJson(schema.properties);
const unionOf = (schema: Json): 'anyOf' | 'oneOf' | undefined =>
  Array.isArray(schema.anyOf) ? 'anyOf' : Array.isArray(schema.oneOf) ? 'oneOf' : undefined;

/** A different list of branches. */
const branches =
  (change: (list: unknown[], random: Random) => unknown[] | undefined): SchemaChange =>
  (schema, random) => {
    const keyword = unionOf(schema);
    const list = keyword && change([...listed(schema[keyword])], random);
    return keyword && list && { ...schema, [keyword]: list };
  };

/** A different keyword that limits a number or a string. */
const limit =
  (type: string, keyword: string, value: number): SchemaChange =>
  (schema, random) => {
    if (!has(schema, type) || 'enum' in schema) return undefined;
    if (keyword in schema && random.chance(50)) {
      const { [keyword]: _, ...rest } = schema;
      return rest;
    }
    const was = typeof schema[keyword] === 'number' ? (schema[keyword] as number) : value;
    return { ...schema, [keyword]: Math.max(0, was + random.below(5) - 2) };
  };

/** A different set of properties. */
const members =
  (
    change: (
      properties: Json,
      required: string[],
      random: Random,
    ) => { properties?: Json; required?: string[] } | undefined,
  ): SchemaChange =>
  (schema, random) => {
    if (!isObject(schema)) return undefined;
    const made = change({ ...inside(schema, 'properties') }, listed(schema.required).map(String), random);
    return made && { ...schema, ...made };
  };

const absent = (properties: Json): readonly string[] => NAMES.filter((name) => !(name in properties));
const present = (properties: Json): readonly string[] => Object.keys(properties).filter((name) => name !== 'kind');
const without = (list: readonly string[], name: string): string[] => list.filter((each) => each !== name);

const isPlain = (schema: Json): boolean => !('$ref' in schema);
const toggle =
  (keyword: string): SchemaChange =>
  (schema) => {
    if (schema[keyword] !== true) return { ...schema, [keyword]: true };
    const { [keyword]: _, ...rest } = schema;
    return rest;
  };

/** A rule about two optional properties. */
const onTwo =
  (change: (schema: Json, one: string, other: string) => Json): SchemaChange =>
  (schema) => {
    const [one, other] = present(inside(schema, 'properties')).filter(
      (name) => !listed(schema.required).includes(name),
    );
    return one === undefined || other === undefined ? undefined : change(schema, one, other);
  };

/** Changes of one schema, by name. */
export const schemaChanges: { readonly [name: string]: SchemaChange } = {
  'a different type': (schema, random) => (typeof schema.type === 'string' ? drawScalar(random) : undefined),
  'null is accepted': (schema) =>
    typeof schema.type === 'string' && !('enum' in schema) ? { ...schema, type: [schema.type, 'null'] } : undefined,
  'null is no longer accepted': (schema) =>
    Array.isArray(schema.type) ? { ...schema, type: schema.type[0] } : undefined,
  'null is accepted by a branch': (schema, random) =>
    'discriminator' in schema ? undefined : { [random.pick(['anyOf', 'oneOf'])]: [schema, { type: 'null' }] },
  minimum: limit('integer', 'minimum', 3),
  maximum: limit('integer', 'maximum', 50),
  minLength: limit('string', 'minLength', 3),
  maxLength: limit('string', 'maxLength', 10),
  minItems: limit('array', 'minItems', 2),
  maxItems: limit('array', 'maxItems', 3),
  pattern: (schema, random) =>
    has(schema, 'string') && !('enum' in schema)
      ? 'pattern' in schema && random.chance(60)
        ? { type: 'string' }
        : { ...schema, pattern: '^[a-c]*$' }
      : undefined,
  format: (schema, random) =>
    has(schema, 'string') && !('enum' in schema)
      ? { type: 'string', format: random.pick(['date', 'uuid', 'email']) }
      : undefined,
  'integers become numbers': (schema) =>
    has(schema, 'integer') && !('enum' in schema) ? { ...schema, type: 'number' } : undefined,
  'numbers become integers': (schema) => (has(schema, 'number') ? { ...schema, type: 'integer' } : undefined),
  multipleOf: (schema, random) =>
    has(schema, 'integer') && !('enum' in schema) ? { ...schema, multipleOf: random.pick([2, 4]) } : undefined,
  'a value is added': (schema) =>
    Array.isArray(schema.enum) ? { ...schema, enum: [...schema.enum, schema.type === 'integer' ? 9 : 'z'] } : undefined,
  'a value is removed': (schema) =>
    Array.isArray(schema.enum) && schema.enum.length > 1 ? { ...schema, enum: schema.enum.slice(1) } : undefined,
  'values in a different order': (schema) =>
    Array.isArray(schema.enum) ? { ...schema, enum: schema.enum.toReversed() } : undefined,
  'const as enum': (schema) => {
    const { const: value, ...rest } = schema;
    return 'const' in schema ? { ...rest, enum: [value] } : undefined;
  },
  'const gains a value': (schema) => ('const' in schema ? { enum: [schema.const, 'other'] } : undefined),
  'the type is removed beside values': (schema) =>
    has(schema, 'string') && !('enum' in schema) ? { type: 'string', enum: ['a', 'b'] } : undefined,
  'any value is accepted': (schema) => (Array.isArray(schema.enum) ? { type: schema.type ?? 'string' } : undefined),
  'only true is accepted': (schema) => (has(schema, 'boolean') ? { const: true } : undefined),
  'a property is added': members((properties, required, random) => {
    const [name] = absent(properties);
    return name === undefined ? undefined : { properties: { ...properties, [name]: drawScalar(random) }, required };
  }),
  'a required property is added': members((properties, required, random) => {
    const [name] = absent(properties);
    return name === undefined
      ? undefined
      : { properties: { ...properties, [name]: drawScalar(random) }, required: [...required, name] };
  }),
  'a property is removed': members((properties, required, random) => {
    if (present(properties).length === 0) return undefined;
    const name = random.pick(present(properties));
    const { [name]: _, ...rest } = properties;
    return { properties: rest, required: without(required, name) };
  }),
  'a property is renamed': members((properties, required, random) => {
    const [name] = absent(properties);
    if (name === undefined || present(properties).length === 0) return undefined;
    const was = random.pick(present(properties));
    const { [was]: schema, ...rest } = properties;
    return { properties: { ...rest, [name]: schema }, required: required.map((each) => (each === was ? name : each)) };
  }),
  'a property is required': members((properties, required, random) => {
    const free = present(properties).filter((name) => !required.includes(name));
    return free.length === 0 ? undefined : { required: [...required, random.pick(free)] };
  }),
  'a property is optional': members((properties, required, random) => {
    const bound = present(properties).filter((name) => required.includes(name));
    return bound.length === 0 ? undefined : { required: without(required, random.pick(bound)) };
  }),
  'properties in a different order': members((properties) => ({
    properties: Object.fromEntries(Object.entries(properties).toReversed()),
  })),
  'other properties are forbidden': (schema) =>
    isObject(schema) ? { ...schema, additionalProperties: false } : undefined,
  'other properties get a type': (schema, random) =>
    has(schema, 'object') ? { ...schema, additionalProperties: random.pick([true, drawScalar(random)]) } : undefined,
  'additionalProperties is removed': (schema) => {
    const { additionalProperties: _, ...rest } = schema;
    return 'additionalProperties' in schema ? rest : undefined;
  },
  'a map declares a property': (schema, random) =>
    isJson(schema.additionalProperties) ? { ...schema, properties: { id: drawScalar(random) } } : undefined,
  minProperties: limit('object', 'minProperties', 1),
  'a tuple item is added': (schema, random) =>
    Array.isArray(schema.prefixItems)
      ? { ...schema, prefixItems: [...schema.prefixItems, drawScalar(random)] }
      : undefined,
  'a tuple item is removed': (schema) =>
    Array.isArray(schema.prefixItems) && schema.prefixItems.length > 1
      ? { ...schema, prefixItems: schema.prefixItems.slice(1) }
      : undefined,
  'a list becomes a tuple': (schema, random) =>
    has(schema, 'array') && !('prefixItems' in schema) ? { ...schema, prefixItems: [drawScalar(random)] } : undefined,
  'further items are forbidden': (schema) =>
    Array.isArray(schema.prefixItems) ? { ...schema, items: false } : undefined,
  uniqueItems: (schema) => (has(schema, 'array') ? toggle('uniqueItems')(schema, undefined as never) : undefined),
  'a branch is added': branches((list, random) => [...list, drawScalar(random)]),
  'an object branch is added': branches((list, random) => [...list, drawObject(random, 1, [])]),
  'a branch is removed': branches((list) => (list.length > 1 ? list.slice(0, -1) : undefined)),
  'branches in a different order': branches((list) => list.toReversed()),
  'branches are nested in a branch': branches((list) =>
    list.length > 2 ? [{ anyOf: list.slice(0, 2) }, ...list.slice(2)] : undefined,
  ),
  'a branch is repeated': branches((list) => [...list, list[0]]),
  'anyOf and oneOf are exchanged': (schema) => {
    const keyword = unionOf(schema);
    if (keyword === undefined) return undefined;
    const { [keyword]: list, ...rest } = schema;
    return { ...rest, [keyword === 'anyOf' ? 'oneOf' : 'anyOf']: list };
  },
  'a schema becomes a branch of a union': (schema, random) =>
    isPlain(schema) && !unionOf(schema) ? { anyOf: [schema, drawScalar(random)] } : undefined,
  'a schema becomes the only branch of a union': (schema) =>
    'discriminator' in schema ? undefined : { oneOf: [schema] },
  'a schema becomes the only part of an allOf': (schema) => ({ allOf: [schema] }),
  'an object is split in two parts': (schema) => {
    if (!isObject(schema) || Object.keys(schema).some((key) => !['type', 'properties', 'required'].includes(key)))
      return undefined;
    const [first, ...others] = Object.entries(inside(schema, 'properties'));
    if (first === undefined) return undefined;
    return {
      allOf: [
        { type: 'object', properties: Object.fromEntries([first]) },
        { type: 'object', properties: Object.fromEntries(others), required: schema.required },
      ],
    };
  },
  'a part is added': (schema, random) =>
    Array.isArray(schema.allOf) ? { ...schema, allOf: [...schema.allOf, drawObject(random, 1, [])] } : undefined,
  'a part is removed': (schema) =>
    Array.isArray(schema.allOf) && schema.allOf.length > 1 ? { ...schema, allOf: schema.allOf.slice(1) } : undefined,
  'a part with only a description is added': (schema) =>
    Array.isArray(schema.allOf) ? { ...schema, allOf: [...schema.allOf, { description: 'A part.' }] } : undefined,
  'a reference gets sibling properties': (schema, random) =>
    '$ref' in schema ? { ...schema, ...drawObject(random, 1, []) } : undefined,
  'a reference gets `required`': (schema) => ('$ref' in schema ? { ...schema, required: ['id'] } : undefined),
  'a reference gets a description': (schema) =>
    '$ref' in schema ? { ...schema, description: 'Other words.' } : undefined,
  'a reference moves into an allOf': (schema) =>
    '$ref' in schema && Object.keys(schema).length === 1 ? { allOf: [schema] } : undefined,
  'a different reference': (schema, random) =>
    '$ref' in schema ? ref(random.pick(['Item', 'Pet', 'Bag', 'Tree'])) : undefined,
  'a discriminator is added': (schema) =>
    unionOf(schema) && !('discriminator' in schema) && JSON.stringify(schema).includes('/Dog')
      ? { ...schema, discriminator: { propertyName: 'kind' } }
      : undefined,
  'a discriminator is removed': (schema) => {
    const { discriminator: _, ...rest } = schema;
    return 'discriminator' in schema ? rest : undefined;
  },
  'a discriminator has a different mapping': (schema, random) =>
    'discriminator' in schema
      ? {
          ...schema,
          discriminator: {
            propertyName: 'kind',
            mapping: random.pick([
              { cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog' },
              { feline: '#/components/schemas/Cat', dog: '#/components/schemas/Dog' },
              { cat: '#/components/schemas/Dog', dog: '#/components/schemas/Cat' },
              { cat: 'Cat', dog: 'Dog', puss: 'Cat' },
            ]),
          },
        }
      : undefined,
  readOnly: (schema, random) => (isPlain(schema) ? toggle('readOnly')(schema, random) : undefined),
  writeOnly: (schema, random) => (isPlain(schema) ? toggle('writeOnly')(schema, random) : undefined),
  deprecated: toggle('deprecated'),
  default: (schema, random) => {
    if (!has(schema, 'integer') || 'enum' in schema) return undefined;
    if (!('default' in schema)) return { ...schema, default: 8 };
    const { default: _, ...rest } = schema;
    return random.chance(50) ? rest : { ...schema, default: 9 };
  },
  'a description and a title': (schema) => ({ ...schema, description: 'Other words.', title: 'Other' }),
  example: (schema) => ({ ...schema, examples: [null] }),
  'an extension': (schema) => ({ ...schema, 'x-note': 'a' }),
  not: (schema) => (has(schema, 'string') ? { ...schema, not: { const: 'bad' } } : undefined),
  propertyNames: (schema) =>
    isJson(schema.additionalProperties) ? { ...schema, propertyNames: { maxLength: 3 } } : undefined,
  'a condition is added': onTwo((schema, one, other) => ({
    ...schema,
    if: { required: [one] },
    // biome-ignore lint/suspicious/noThenProperty: `then` is a keyword of JSON Schema.
    then: { required: [other] },
  })),
  dependentRequired: onTwo((schema, one, other) => ({ ...schema, dependentRequired: { [one]: [other] } })),
  patternProperties: (schema) =>
    isObject(schema) ? { ...schema, patternProperties: { '^y-': { type: 'string' } } } : undefined,
};
