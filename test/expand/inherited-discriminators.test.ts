import { expect, test } from 'vitest';
import { expandWith } from './expand-with.ts';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const text = { type: 'string' };
const object = (properties: object) => ({ type: 'object', properties });
const extending = (name: string, properties: object) => ({ allOf: [ref(name), object(properties)] });
const base = (discriminator: object, kind: object = text) => ({
  ...object({ kind, name: text }),
  required: ['kind'],
  discriminator: { propertyName: 'kind', ...discriminator },
});
/** Pets as springdoc writes them. */
const PETS = {
  Pet: base({ mapping: { cat: '#/components/schemas/Cat', dog: 'Dog' } }),
  Cat: extending('Pet', { lives: { type: 'integer' } }),
  Dog: extending('Pet', { breed: text }),
};
const mapping = { cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog' };
const named = (to: object) => ({ discriminator: { propertyName: 'kind', mapping: to } });
const cats = [ref('Cat'), ref('Dog')];

type Schemas = { readonly [name: string]: object };
const rows: readonly (readonly [name: string, others: Schemas, union: object, want: object])[] = [
  ['oneOf', {}, { oneOf: cats }, { oneOf: cats, ...named(mapping) }],
  ['anyOf', {}, { anyOf: cats }, { anyOf: cats, ...named(mapping) }],
  ['or null', {}, { oneOf: [...cats, { type: 'null' }] }, { oneOf: [...cats, { type: 'null' }], ...named(mapping) }],
  ['with the base', {}, { oneOf: [ref('Pet'), ...cats] }, { anyOf: [ref('Pet'), ...cats] }],
  ['any of the base and another', {}, { anyOf: [ref('Pet'), ...cats] }, { anyOf: [ref('Pet'), ...cats] }],
  [
    'values without a mapping, of components that extend an alternative',
    { Kitten: extending('Cat', { weeks: { type: 'integer' } }) },
    { oneOf: cats },
    { oneOf: cats, ...named({ ...mapping, Kitten: mapping.cat }) },
  ],
  [
    'aliases',
    { Hound: ref('Dog') },
    { oneOf: [ref('Cat'), ref('Hound')] },
    { oneOf: [ref('Cat'), ref('Hound')], ...named({ cat: mapping.cat, dog: '#/components/schemas/Hound' }) },
  ],
  [
    'a constant that is not the mapped value',
    { Cat: extending('Pet', { kind: { const: 'Kitty' } }) },
    { oneOf: cats },
    { oneOf: cats },
  ],
  ['its own discriminator', {}, { oneOf: cats, ...named({}) }, { oneOf: cats, ...named({}) }],
  ['another alternative', { Car: object({}) }, { oneOf: [...cats, ref('Car')] }, { oneOf: [...cats, ref('Car')] }],
  ['an alternative without a name', {}, { oneOf: [...cats, object({})] }, { oneOf: [...cats, object({})] }],
  ['one alternative', {}, { oneOf: [ref('Cat')] }, { oneOf: [ref('Cat')] }],
  ['a property that is optional', { Pet: { ...PETS.Pet, required: [] } }, { oneOf: cats }, { oneOf: cats }],
  [
    'a base that lists its alternatives',
    { Animal: { oneOf: cats, ...named(mapping) } },
    { oneOf: cats },
    { oneOf: cats, ...named(mapping) },
  ],
];

test.each(rows)('a union of schemas that extend one: %s', async (_, others, union, want) => {
  const info = { title: 'Pets', version: '1.0.0' };
  const schemas = { ...PETS, ...others, Union: union, List: { type: 'array', items: union } };
  const document = { openapi: '3.1.0', info, paths: {}, components: { schemas } };
  const expanded = await expandWith({ 'openapi.yaml': JSON.stringify(document) });
  const made = (expanded.document as unknown as { components: { schemas: Schemas } }).components.schemas;
  expect([made.Union, made.List]).toEqual([want, { type: 'array', items: want }]);
});
