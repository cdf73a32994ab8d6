import type { Json } from '../json.ts';
import { object, type Row, ref, schemas, text } from './row.ts';

const [C, G] = ['#/components/schemas/Cat', '#/components/schemas/Dog'];
const parent = (mapping?: Json, propertyName = 'kind'): Json => ({
  ...object({ kind: text, name: text }, 'kind'),
  discriminator: { propertyName, ...(mapping && { mapping }) },
});
const kid = (own: Json): Json => ({ allOf: [ref('Pet'), object(own)] });
const family = (mapping?: Json, more: Json = {}): Json => ({
  Pet: parent(mapping),
  Cat: kid({ meow: text }),
  Dog: kid({ bark: text }),
  ...more,
});

/** Discriminators of schemas that others extend. Names without a mapping are implied. */
export const extensions: readonly Row[] = [
  ...schemas('a mapping renames an implied name', ref('Pet'), ref('Pet'), 'MM MM', {
    schemas: family(),
    later: family({ cat: C }),
  }),
  ...schemas('a mapped name becomes implied', ref('Pet'), ref('Pet'), 'MM MM', {
    schemas: family({ cat: C, dog: G }),
    later: family(),
  }),
  ...schemas('a mapping repeats implied names', ref('Pet'), ref('Pet'), 'nn nn', {
    schemas: family(),
    later: family({ Cat: C, Dog: G }),
  }),
  ...schemas('mapping by name', ref('Pet'), ref('Pet'), 'nn nn', {
    schemas: family({ cat: C }),
    later: family({ cat: 'Cat' }),
  }),
  ...schemas('a child is added', ref('Pet'), ref('Pet'), 'mm mm', {
    schemas: family(),
    later: family(undefined, { Bird: kid({ fly: text }) }),
  }),
  ...schemas('an alias is added', ref('Pet'), ref('Pet'), 'mm mm', {
    schemas: family({ cat: C }),
    later: family({ cat: C, puss: C }),
  }),
  ...schemas('a child no longer extends the base', ref('Pet'), ref('Pet'), 'MM MM', {
    schemas: family(),
    later: family(undefined, { Dog: object({ kind: text, name: text, bark: text }, 'kind') }),
  }),
  ...schemas('a child of a child', ref('Pet'), ref('Pet'), 'mm mm', {
    schemas: family(),
    later: family(undefined, { Lion: { allOf: [ref('Cat'), object({ roar: text })] } }),
  }),
  ...schemas('a discriminator has a different property', ref('Pet'), ref('Pet'), 'MM MM', {
    schemas: family(),
    later: { ...family(), Pet: { ...parent(), discriminator: { propertyName: 'name' } } },
  }),
  ...schemas('a discriminator is removed', ref('Pet'), ref('Pet'), 'MM MM', {
    schemas: family(),
    later: { ...family(), Pet: object({ kind: text, name: text }, 'kind') },
  }),
  ...schemas('a discriminator is added', ref('Pet'), ref('Pet'), 'mm mm', {
    schemas: { ...family(), Pet: object({ kind: text, name: text }, 'kind') },
    later: family(),
  }),
];
