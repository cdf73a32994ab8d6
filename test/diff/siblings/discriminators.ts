import type { Json } from '../json.ts';
import { list, nothing, object, type Row, ref, schemas, text } from './row.ts';

const Cat = object({ kind: text, meow: text }, 'kind');
const Dog = object({ kind: text, bark: text }, 'kind');
const Bird = object({ kind: text, fly: text }, 'kind');
const pets = { Cat, Dog, Bird };
const [C, G, B] = ['#/components/schemas/Cat', '#/components/schemas/Dog', '#/components/schemas/Bird'];

const kindOf = (kind: string, own: Json): Json => object({ kind: { const: kind }, ...own }, 'kind');
const consts = {
  Cat: kindOf('cat', { meow: text }),
  Dog: kindOf('dog', { bark: text }),
  Bird: kindOf('bird', { fly: text }),
};

/** A union whose alternatives a property selects. */
const ch = (mapping?: Json, branches = ['Cat', 'Dog'], keyword = 'oneOf', propertyName = 'kind'): Json => ({
  [keyword]: branches.map(ref),
  discriminator: { propertyName, ...(mapping && { mapping }) },
});

/** Discriminators of unions. */
export const discriminators: readonly Row[] = [
  ...schemas('implied names are mapped to others', ch(), ch({ cat: C, dog: G }), 'MM MM', { schemas: pets }),
  ...schemas('mapped names become implied', ch({ cat: C, dog: G }), ch(), 'MM MM', { schemas: pets }),
  ...schemas('the second branch is mapped as well', ch({ cat: C }), ch({ cat: C, dog: G }), 'MM MM', { schemas: pets }),
  ...schemas('mapped by name', ch({ cat: C, dog: G }), ch({ dog: 'Dog', cat: 'Cat' }), 'nn nn', { schemas: pets }),
  ...schemas(
    'a discriminator has a different property',
    ch({ cat: C, dog: G }),
    ch({ cat: C, dog: G }, ['Cat', 'Dog'], 'oneOf', 'sort'),
    'MM MM',
    { schemas: pets },
  ),
  ...schemas(
    'a branch is added',
    ch({ cat: C, dog: G }),
    ch({ cat: C, dog: G, bird: B }, ['Cat', 'Dog', 'Bird']),
    'mM Mm',
    { schemas: pets },
  ),
  ...schemas('an implied branch is added', ch(), ch(undefined, ['Cat', 'Dog', 'Bird']), 'mM Mm', { schemas: pets }),
  ...schemas(
    'a branch is removed',
    ch({ cat: C, dog: G, bird: B }, ['Cat', 'Dog', 'Bird']),
    ch({ cat: C, dog: G }),
    'MM MM',
    { schemas: pets },
  ),
  ...schemas('branches in a different order', ch({ cat: C, dog: G }), ch({ dog: G, cat: C }, ['Dog', 'Cat']), 'nn nn', {
    schemas: pets,
  }),
  ...schemas(
    'anyOf: a value is renamed',
    ch({ cat: C, dog: G }, undefined, 'anyOf'),
    ch({ feline: C, dog: G }, undefined, 'anyOf'),
    'MM MM',
    { schemas: pets },
  ),
  ...schemas(
    'anyOf with a discriminator becomes oneOf',
    ch({ cat: C, dog: G }, undefined, 'anyOf'),
    ch({ cat: C, dog: G }),
    'nn nn',
    { schemas: pets },
  ),
  ...schemas('an alias is removed', ch({ cat: C, puss: C, dog: G }), ch({ cat: C, dog: G }), 'MM MM', {
    schemas: pets,
  }),
  ...schemas('in a list: a value is renamed', list(ch({ cat: C, dog: G })), list(ch({ feline: C, dog: G })), 'MM MM', {
    schemas: pets,
  }),
  ...schemas(
    'in a map: the discriminator is removed',
    { type: 'object', additionalProperties: ch({ cat: C, dog: G }) },
    { type: 'object', additionalProperties: { oneOf: [ref('Cat'), ref('Dog')] } },
    'MM MM',
    { schemas: pets },
  ),
  ...schemas(
    'beside null: a value is renamed',
    object({ a: { anyOf: [ch({ cat: C, dog: G }), nothing] } }),
    object({ a: { anyOf: [ch({ feline: C, dog: G }), nothing] } }),
    'MM MM',
    { schemas: pets },
  ),
  ...schemas(
    'a discriminator that branches imply is added',
    { oneOf: [ref('Cat'), ref('Dog')] },
    ch({ cat: C, dog: G }),
    'nn nn',
    { schemas: consts },
  ),
  ...schemas(
    'a discriminator that branches imply is removed',
    ch({ cat: C, dog: G }),
    { oneOf: [ref('Cat'), ref('Dog')] },
    'nn nn',
    { schemas: consts },
  ),
];
