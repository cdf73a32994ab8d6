import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { emitTypes } from '../../scripts/emit/types/emit-types.ts';
import { emitTypeTests, emitValidators } from '../../scripts/emit/validators/emit-validators.ts';
import { checkPackages } from '../emit/check-packages.ts';
import { apiOf } from '../validators/fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'countersign-extended-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const text = { type: 'string' };
const object = (properties: object, ...required: string[]) => ({ type: 'object', properties, required });

/** A base with a discriminator, and the schemas that extend it: at one and at two levels, with a mapping and without. */
const SCHEMAS = {
  Pet: {
    ...object({ kind: text, friend: ref('Pet'), secret: { ...text, writeOnly: true } }, 'kind'),
    discriminator: { propertyName: 'kind' },
  },
  Cat: { allOf: [ref('Pet'), object({ meow: { type: 'boolean' } }, 'meow')] },
  Kitten: { allOf: [ref('Cat'), object({ weeks: { type: 'integer' } })] },
  Event: {
    ...object({ type: text }, 'type'),
    discriminator: {
      propertyName: 'type',
      mapping: { 'paid.v1': '#/components/schemas/PaidAlias', other: '#/components/schemas/EventAlias' },
    },
  },
  Paid: { allOf: [ref('Event'), object({ amount: { type: 'number' } })] },
  PaidAlias: ref('Paid'),
  EventAlias: ref('Event'),
  Alias: ref('Pet'),
  AliasOfAlias: { ...ref('Alias'), description: 'The same.' },
  Puppy: { allOf: [ref('Alias'), object({ bark: { type: 'boolean' } }, 'bark')] },
  Home: object({
    pet: ref('Pet'),
    described: { allOf: [ref('Pet')], description: 'one' },
    nullable: { anyOf: [ref('Pet'), { type: 'null' }] },
    list: { type: 'array', items: ref('Pet') },
    tuple: { type: 'array', prefixItems: [ref('Pet')], minItems: 1, items: false },
    map: { type: 'object', additionalProperties: ref('Pet') },
    inline: object({ pet: ref('Pet') }),
    either: { oneOf: [ref('Pet'), ref('Event')] },
    event: ref('Event'),
    alias: ref('AliasOfAlias'),
    aliases: { type: 'array', items: ref('Alias') },
  }),
};

/** Literals that the validators accept. */
const VALUES: readonly (readonly [type: string, value: object])[] = [
  ["components['schemas']['Home']['pet']", { kind: 'Cat', meow: true }],
  ["components['schemas']['Home']['pet']", { kind: 'Kitten', meow: true, weeks: 3 }],
  ["components['schemas']['Home']['pet']", { kind: 'Pet', friend: { kind: 'Cat', meow: false } }],
  ["components['schemas']['Home']['pet']", { kind: 'other' }],
  ["components['schemas']['Home']['described']", { kind: 'Cat', meow: true }],
  ["components['schemas']['Home']['nullable']", { kind: 'Cat', meow: true }],
  ["components['schemas']['Home']['list']", [{ kind: 'Cat', meow: true }, { kind: 'Pet' }]],
  ["components['schemas']['Home']['tuple']", [{ kind: 'Kitten', meow: true, weeks: 1 }]],
  ["components['schemas']['Home']['map']", { tom: { kind: 'Cat', meow: true } }],
  ["components['schemas']['Home']['inline']", { pet: { kind: 'Cat', meow: true } }],
  ["components['schemas']['Home']['either']", { kind: 'Cat', meow: true }],
  ["components['schemas']['Home']['event']", { type: 'paid.v1', amount: 1 }],
  ["components['schemas']['Alias']", { kind: 'Cat', meow: true }],
  ["components['schemas']['Alias']", { kind: 'Puppy', bark: true }],
  ["components['schemas']['AliasOfAlias']", { kind: 'Kitten', meow: true, weeks: 1 }],
  ["components['schemas']['Home']['alias']", { kind: 'Puppy', bark: true }],
  ["components['schemas']['Home']['aliases']", [{ kind: 'Cat', meow: true }]],
  ["components['schemas']['Puppy']", { kind: 'Puppy', bark: true }],
  ["operations['putAlias']['responses'][200]['content']['application/json']", { kind: 'Cat', meow: true }],
  ["components['schemas']['Kitten']", { kind: 'Kitten', meow: true, weeks: 1 }],
  ["operations['putPet']['responses'][200]['content']['application/json']", { kind: 'Cat', meow: true }],
  [
    "NonNullable<operations['putPet']['requestBody']>['content']['application/json']",
    { kind: 'Cat', meow: true, secret: 'x' },
  ],
];

/** Literals that match no schema. */
const WRONG: readonly (readonly [type: string, value: object])[] = [
  ["components['schemas']['Home']['pet']", { kind: 'Cat', meoww: true }],
  ["components['schemas']['Home']['event']", { type: 'paid.v1', amount: 'x', other: 1 }],
  ["components['schemas']['Cat']", { kind: 'Cat' }],
  ["components['schemas']['Alias']", { kind: 'Cat', meoww: true }],
  ["components['schemas']['Puppy']", { kind: 'Cat', meow: true }],
];

test('a literal of an extending schema has the type of the base wherever the base is used', () => {
  const paths = Object.fromEntries(
    Object.keys(SCHEMAS).map((name) => {
      const content = { 'application/json': { schema: ref(name) } };
      const put = {
        operationId: `put${name}`,
        requestBody: { required: true, content },
        responses: { 200: { description: '', content } },
      };
      return [`/${name}`, { put }];
    }),
  );
  const api = apiOf(SCHEMAS, { components: { schemas: SCHEMAS }, paths });
  const lines = [
    ...VALUES.map(([type, value], at) => `export const v${at}: ${type} = ${JSON.stringify(value)};`),
    ...WRONG.map(
      ([type, value], at) => `// @ts-expect-error\nexport const w${at}: ${type} = ${JSON.stringify(value)};`,
    ),
  ];
  const use = {
    path: 'src/use.ts',
    text: `import type { components, operations } from './types.ts';\n${lines.join('\n')}\n`,
  };
  const tests = emitTypeTests(api).map(({ text }) => ({
    path: 'src/agree.ts',
    text: text.replaceAll('../src/', './'),
  }));
  const said = checkPackages(folder, { extended: [...emitTypes(api), ...emitValidators(api), ...tests, use] });
  expect(said).toEqual([]);
});
