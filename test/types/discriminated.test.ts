import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { emitTypes } from '../../scripts/emit/types/emit-types.ts';
import { emitTypeTests, emitValidators } from '../../scripts/emit/validators/emit-validators.ts';
import { checkPackages } from '../emit/check-packages.ts';
import { expandWith } from '../expand/expand-with.ts';
import { apiOf } from '../validators/fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'countersign-discriminated-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const text = { type: 'string' };
const state = { type: 'string', enum: ['PENDING', 'RUNNING', 'PAUSED', 'DONE'] };
const object = (properties: object, ...required: string[]) => ({ type: 'object', properties, required });
const result = object({ result: text }, 'result');
const started = object({ at: text });
const MAPPING = { PENDING: 'Open', RUNNING: 'Open', PAUSED: 'Open', DONE: 'Done' };

/** Two alternatives with the property `state`, declared in different ways. All mappings are equal. */
const KINDS: Readonly<Record<string, { readonly open: object; readonly done: object }>> = {
  enumOfBase: { open: { allOf: [ref('Base'), started] }, done: { allOf: [ref('Base'), result] } },
  enumByReference: {
    open: object({ state: ref('State'), at: text }, 'state'),
    done: object({ state: ref('State'), result: text }, 'state', 'result'),
  },
  textOfBase: { open: { allOf: [ref('Loose'), started] }, done: { allOf: [ref('Loose'), result] } },
  optionalEnum: { open: object({ state, at: text }), done: object({ state, result: text }, 'result') },
  nullableEnum: {
    open: object({ state: { type: ['string', 'null'], enum: [...state.enum, null] }, at: text }, 'state'),
    done: object({ state: { enum: ['DONE', null] }, result: text }, 'state', 'result'),
  },
  exactEnum: {
    open: object({ state: { enum: ['PENDING', 'RUNNING', 'PAUSED'] }, at: text }, 'state'),
    done: object({ state: { const: 'DONE' }, result: text }, 'state', 'result'),
  },
  inherited: {
    open: { allOf: [ref('Middle'), started] },
    done: { allOf: [{ allOf: [ref('Middle')] }, result] },
  },
  undeclared: { open: object({ at: text }), done: object({ result: text }, 'result') },
  described: {
    open: object({ state: { allOf: [ref('State')], description: 'the state' }, at: text }, 'state'),
    done: object({ state: { allOf: [ref('State')], description: 'the state' }, result: text }, 'state', 'result'),
  },
};

const SHARED = {
  State: state,
  Base: object({ state }, 'state'),
  Loose: object({ state: text }, 'state'),
  Middle: { allOf: [ref('Base')], title: 'Middle' },
};

const unionOf = (kind: string, keyword: string) => ({
  [keyword]: [ref(`${kind}Open`), ref(`${kind}Done`)],
  discriminator: {
    propertyName: 'state',
    mapping: Object.fromEntries(Object.entries(MAPPING).map(([value, name]) => [value, ref(kind + name).$ref])),
  },
});

test.each(['oneOf', 'anyOf'])('%s: the property of a discriminator narrows the union', (keyword) => {
  const schemas = Object.entries(KINDS).flatMap(([kind, { open, done }]) => [
    [`${kind}Open`, open],
    [`${kind}Done`, done],
    [`${kind}Job`, unionOf(kind, keyword)],
  ]);
  const all = { ...SHARED, ...Object.fromEntries(schemas) };
  const api = apiOf(all, { components: { schemas: all } });
  const lines = Object.keys(KINDS).flatMap((kind) => {
    const job = `components['schemas']['${kind}Job']`;
    return [
      `export const ${kind}Paused: ${job} = { state: 'PAUSED', at: 'noon' };`,
      `export const ${kind}Done: ${job} = { state: 'DONE', result: 'a' };`,
      `// @ts-expect-error: no result\nexport const ${kind}Bare: ${job} = { state: 'DONE' };`,
      `// @ts-expect-error: no such state\nexport const ${kind}Other: ${job} = { state: 'LOST', result: 'a' };`,
      `export function ${kind}Read(job: ${job}): string | undefined {`,
      `  if (job.state === 'DONE') return job.result;`,
      `  const open: 'PENDING' | 'RUNNING' | 'PAUSED' = job.state;`,
      `  return job.at ?? open;\n}`,
    ];
  });
  const use = { path: 'src/use.ts', text: `import type { components } from './types.ts';\n${lines.join('\n')}\n` };
  const tests = emitTypeTests(api).map((file) => ({
    path: 'src/agree.ts',
    text: file.text.replaceAll('../src/', './'),
  }));
  const files = [...emitTypes(api), ...emitValidators(api), ...tests, use];
  expect(checkPackages(join(folder, keyword), { discriminated: files })).toEqual([]);
});

test('a union without a discriminator has that of the base, which its alternatives extend', async () => {
  const base = (mapping?: object) => ({
    ...object({ kind: text, name: text }, 'kind'),
    discriminator: { propertyName: 'kind', ...(mapping && { mapping }) },
  });
  const extending = (name: string, properties: object, ...required: string[]) => ({
    allOf: [ref(name), object(properties, ...required)],
  });
  const schemas = {
    Pet: base({ cat: '#/components/schemas/Cat', pup: 'Puppy' }),
    Cat: extending('Pet', { meow: text }, 'meow'),
    Dog: extending('Pet', { bark: text }, 'bark'),
    Puppy: extending('Dog', { weeks: { type: 'integer' } }),
    Hound: ref('Dog'),
    Event: { ...object({ type: { enum: ['a', 'b'] } }, 'type'), discriminator: { propertyName: 'type' } },
    Odd: { allOf: [ref('Event'), object({ type: { const: 'a' }, odd: text }, 'odd')] },
    Even: { allOf: [ref('Event'), object({ type: { const: 'b' }, even: text }, 'even')] },
    Pets: { type: 'array', items: { oneOf: [ref('Cat'), ref('Dog')] } },
    Either: { anyOf: [ref('Cat'), ref('Hound'), { type: 'null' }] },
    WithBase: { anyOf: [ref('Pet'), ref('Cat')] },
    Contradictory: { oneOf: [ref('Odd'), ref('Even')] },
    Other: { oneOf: [ref('Cat'), ref('Odd')] },
  };
  const lines = `
    type Schemas = components['schemas'];
    export const pets: Schemas['Pets'] = [{ kind: 'cat', meow: 'm' }, { kind: 'Dog', bark: 'b' }, { kind: 'pup', bark: 'b' }];
    // @ts-expect-error: a cat has no bark
    export const wrong: Schemas['Pets'] = [{ kind: 'cat', bark: 'b' }];
    export const read = (pet: Schemas['Pets'][number]): string => (pet.kind === 'cat' ? pet.meow : pet.bark);
    export const either = (pet: Schemas['Either']): string | undefined => {
      switch (pet?.kind) {
        case 'cat': return pet.meow;
        case 'Dog': case 'pup': return pet.bark;
        default: return pet satisfies null ?? undefined;
      }
    };
    export const withBase: Schemas['WithBase'] = { kind: 'any' };
    export const contradictory = (event: Schemas['Contradictory']): string => (event.type === 'a' ? event.odd : event.even);
    export const other: Schemas['Other'] = { kind: 'any', meow: 'm' };
  `;
  const info = { title: 'Pets', version: '1.0.0' };
  const given = { openapi: '3.1.0', info, paths: {}, components: { schemas } };
  const { document } = await expandWith({ 'openapi.yaml': JSON.stringify(given) });
  const { components } = document as unknown as { readonly components: { readonly schemas: typeof schemas } };
  const api = apiOf(components.schemas, { components });
  const use = { path: 'src/use.ts', text: `import type { components } from './types.ts';\n${lines}` };
  const tests = emitTypeTests(api).map(({ text }) => ({
    path: 'src/agree.ts',
    text: text.replaceAll('../src/', './'),
  }));
  const files = [...emitTypes(api), ...emitValidators(api), ...tests, use];
  expect(checkPackages(join(folder, 'inherited'), { inherited: files })).toEqual([]);
});
