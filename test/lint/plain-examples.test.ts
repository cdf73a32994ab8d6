import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { valueAt } from '../../scripts/common/document/pointer.ts';
import { verdictOf } from '../../scripts/lint/verdict/index.ts';
import { validateExtension } from '../../scripts/lint/x-cs-schema.ts';

const ROOT = join(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);

/** The validator that Redocly's rules use, with its settings. */
type Validator = {
  validate(value: unknown, schema: unknown, options: object): { readonly valid: boolean };
};
const { AjvValidator } = require(join(require.resolve('@redocly/openapi-core'), '../rules/ajv.js')) as {
  readonly AjvValidator: new () => Validator;
};

const COMPONENTS = {
  Pet: { type: 'object', required: ['kind'], properties: { kind: { const: 'pet' }, name: { type: 'string' } } },
  Car: { type: 'object', required: ['kind'], properties: { kind: { const: 'car' }, wheels: { type: 'integer' } } },
  Tree: { type: 'object', properties: { name: { type: 'string' }, rest: { $ref: '#/components/Tree' } } },
  Sealed: { type: 'object', properties: { id: { type: 'integer' } }, additionalProperties: false },
  Both: { allOf: [{ $ref: '#/components/Pet' }, { properties: { id: { type: 'integer' } } }] },
};
const document = { components: COMPONENTS };
const pointed = (reference: string): unknown => valueAt(document, reference);

function redocly(value: unknown, schema: unknown): boolean | undefined {
  const place = (pointer: string): object => ({
    source: { absoluteRef: '/document.yaml' },
    pointer,
    absolutePointer: `/document.yaml${pointer}`,
  });
  const resolve = (node: unknown): object => {
    const { $ref } = node as { readonly $ref: string };
    return { node: pointed($ref), location: place($ref) };
  };
  try {
    return new AjvValidator().validate(value, schema, {
      schemaLoc: place('#/schema'),
      instancePath: '#/example',
      resolve,
      allowAdditionalProperties: false,
      ajvContext: { apiContext: 'response' },
      specVersion: 'oas3_1',
    }).valid;
  } catch {
    return undefined;
  }
}

const verdict = (value: unknown, schema: unknown): string =>
  verdictOf(
    value,
    { schema, base: '' },
    { resolve: (reference, base) => ({ schema: pointed(reference), base }), closed: true, matches: () => false },
  );

const conditional = (schemas: readonly unknown[]): unknown =>
  Object.fromEntries(['if', 'then', 'else'].slice(0, schemas.length).map((keyword, at) => [keyword, schemas[at]]));

const names = fc.constantFrom('kind', 'name', 'id', 'wheels', 'rest', 'x');
const leaf = fc.constantFrom('pet', 'car', '', 'é', 0, 1, -1, 1.5, 7, true, false, null);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    tie('object'),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
  object: fc.dictionary(names, tie('value'), { maxKeys: 4, noNullPrototype: true }),
}));
const { schema } = fc.letrec((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('plain'),
    tie('reference'),
    tie('object'),
    tie('composed'),
    fc.boolean(),
  ),
  reference: fc.constantFrom(...Object.keys(COMPONENTS)).map((name) => ({ $ref: `#/components/${name}` })),
  plain: fc.record(
    {
      type: fc.oneof(
        fc.constantFrom('string', 'number', 'integer', 'boolean', 'null', 'array', 'object'),
        fc.constant(['string', 'null']),
      ),
      enum: fc.uniqueArray(leaf, { minLength: 1, maxLength: 3 }),
      minimum: fc.integer({ min: -1, max: 2 }),
      exclusiveMaximum: fc.integer({ min: 0, max: 8 }),
      minLength: fc.nat(3),
      maxLength: fc.nat(3),
      minItems: fc.nat(2),
      maxItems: fc.nat(2),
      uniqueItems: fc.boolean(),
      minProperties: fc.nat(2),
      maxProperties: fc.nat(3),
      pattern: fc.constantFrom('^p', '.', '^.$'),
    },
    { requiredKeys: [] },
  ),
  object: fc.record(
    {
      type: fc.constant('object'),
      properties: fc.dictionary(names, tie('schema'), { maxKeys: 3 }),
      patternProperties: fc.dictionary(fc.constantFrom('^k', 'e'), tie('schema'), { maxKeys: 2 }),
      additionalProperties: tie('schema'),
      required: fc.uniqueArray(names, { maxLength: 2 }),
      dependentRequired: fc.dictionary(names, fc.uniqueArray(names, { maxLength: 1 }), { maxKeys: 1 }),
      dependentSchemas: fc.dictionary(names, tie('schema'), { maxKeys: 1 }),
      propertyNames: tie('schema'),
      items: tie('schema'),
    },
    { requiredKeys: ['type'] },
  ),
  composed: fc.oneof(
    fc.record(
      {
        oneOf: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }),
        properties: fc.dictionary(names, tie('schema'), { maxKeys: 2 }),
      },
      { requiredKeys: ['oneOf'] },
    ),
    fc.record(
      {
        anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }),
        properties: fc.dictionary(names, tie('schema'), { maxKeys: 2 }),
      },
      { requiredKeys: ['anyOf'] },
    ),
    fc.record(
      {
        allOf: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }),
        properties: fc.dictionary(names, tie('schema'), { maxKeys: 2 }),
      },
      { requiredKeys: ['allOf'] },
    ),
    fc.record({ not: tie('schema') }),
    fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map(conditional),
  ),
}));

/** A value, what must not hold for it, and the verdict. */
const negations: readonly (readonly [value: unknown, not: unknown, want: string])[] = [
  [1, { const: 0 }, 'valid'],
  [0, { const: 0 }, 'invalid'],
  ['a', { type: 'string', maxLength: 2 }, 'invalid'],
  ['abc', { enum: ['a', 'b'] }, 'valid'],
  [{}, { required: ['id'] }, 'unknown'],
  [{}, { $ref: '#/components/Pet' }, 'unknown'],
  [[], { items: { $ref: '#/components/Pet' } }, 'unknown'],
];

describe('examples that are validated without compiling a schema', () => {
  it.each(negations)('know a negation without schemas: %j, not %j', (value, not, want) => {
    expect(verdict(value, { not })).toBe(want);
    if (want !== 'unknown') expect(redocly(value, { not })).toBe(want === 'valid');
  });

  it('are valid for the validator of Redocly', () => {
    let valid = 0;
    fc.assert(
      fc.property(value, schema, (given, rules) => {
        if (verdict(given, rules) !== 'valid') return;
        valid += 1;
        expect([redocly(given, rules), JSON.stringify(rules)]).toEqual([true, JSON.stringify(rules)]);
      }),
      { numRuns: 3000 },
    );
    expect(valid).toBeGreaterThan(300);
  });
});

const extensions = JSON.parse(readFileSync(join(ROOT, 'specs/x-cs.schema.json'), 'utf8')) as {
  readonly $id: string;
  readonly $defs: object;
};
const ajv = new Ajv2020({ strict: false, ownProperties: true, validateSchema: false, inlineRefs: false });
ajv.addSchema(extensions);

/** Every extension of a document, with its name. */
function extensionsOf(node: unknown): readonly (readonly [name: string, value: unknown])[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, inner]) => [
    ...(Object.hasOwn(extensions.$defs, key) && key.startsWith('x-cs-') ? [[key, inner] as const] : []),
    ...extensionsOf(inner),
  ]);
}

/** Copies of a value with one change: a property is missing, added or renamed, or a value has another type. */
function changesOf(value: unknown): readonly unknown[] {
  const replaced = [null, 7, -1, '', 'other', true, [], {}, ['a', 'a']];
  if (Array.isArray(value)) {
    const inside = value.flatMap((item, at) => changesOf(item).map((each) => value.with(at, each)));
    return [...replaced, [...value, ...value], ...inside];
  }
  if (typeof value !== 'object' || value === null) return replaced;
  const inside = Object.entries(value).flatMap(([key, inner]) => [
    Object.fromEntries(Object.entries(value).filter(([name]) => name !== key)),
    Object.fromEntries(Object.entries(value).map(([name, each]) => [name === key ? `${name}x` : name, each])),
    ...changesOf(inner).map((each) => ({ ...value, [key]: each })),
  ]);
  return [...replaced, { ...value, other: 1 }, ...inside];
}

describe('extensions that are validated without compiling their schema', () => {
  const folders = readdirSync(join(ROOT, 'specs'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  it.each(folders.map(({ name }) => name))('are valid for Ajv: those of %s, and every small change of them', (name) => {
    const files = readdirSync(join(ROOT, 'specs', name)).filter((file) => /\.ya?ml$/.test(file));
    const found = files.flatMap((file) => extensionsOf(parse(readFileSync(join(ROOT, 'specs', name, file), 'utf8'))));
    const wrong = found.flatMap(([extension, given]) => {
      const isValid = (each: unknown): boolean => ajv.validate(`${extensions.$id}#/$defs/${extension}`, each);
      return [given, ...changesOf(given)].filter(
        (each) => isValid(each) !== (validateExtension(extension, each).length === 0),
      );
    });
    expect(wrong).toEqual([]);
    expect(found.length).toBeGreaterThan(0);
  });
});
