import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emitTypes } from '../../scripts/emit/types.ts';
import { emitTypeTests, emitValidators } from '../../scripts/emit/validators.ts';
import { checkPackages } from '../emit/check-packages.ts';
import { apiOf } from './fixture.ts';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const open = (properties: object, ...required: readonly string[]) => ({ type: 'object', properties, required });

type Given = {
  /** The first is the one that values are given of. */
  readonly schemas: { readonly [name: string]: unknown };
  readonly accepted: readonly unknown[];
  readonly refused: readonly unknown[];
};

const node = ref('Holder/$defs/node');
const member = ref('Outer/properties/inner');

/** What the compiler takes for a schema, the validator takes, and what one refuses, so does the other. */
const GIVEN: { readonly [what: string]: Given } = {
  'a nested schema that contains itself in two ways': {
    schemas: {
      Holder: {
        type: 'object',
        properties: { first: node },
        $defs: {
          node: open({ list: { type: 'array', items: node }, map: { type: 'object', additionalProperties: node } }),
        },
      },
    },
    accepted: [{ first: { list: [{ map: { a: { list: [] } } }] } }],
    refused: [{ first: { list: [{ map: { a: { list: 1 } } }] } }, { first: { map: { a: 'text' } } }],
  },
  'a member that contains itself': {
    schemas: { Outer: open({ inner: { ...open({ left: member, right: member }), maxProperties: 1 } }) },
    accepted: [{ inner: { left: { right: { left: {} } } } }],
    refused: [{ inner: { left: { right: { left: 1 } } } }],
  },
};

const folder = mkdtempSync(join(tmpdir(), 'countersign-agreement-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let said: readonly string[];

/** A module that compiles only if the values are of the type, or are not; it prints what the validator thinks. */
function valuesModule(what: string, { schemas, accepted, refused }: Given): string {
  const [name = ''] = Object.keys(schemas);
  const constants = [
    ...accepted.map((value) => `check(true, ${JSON.stringify(value)});`),
    ...refused.map((value) => `// @ts-expect-error\ncheck(false, ${JSON.stringify(value)});`),
  ];
  return `import type { components } from './types.ts';
import { ${name} } from './validators.ts';

function check(wanted: boolean, value: components['schemas']['${name}']): void {
  const { success } = ${name}.safeParse(value);
  if (success !== wanted) console.log('${folderOf(what)}/:', success ? 'accepted' : 'refused', JSON.stringify(value));
}
${constants.join('\n')}
`;
}

const folderOf = (what: string): string => what.replaceAll(' ', '-');

beforeAll(() => {
  const packages = Object.entries(GIVEN).map(([what, given]) => {
    const api = apiOf(given.schemas);
    const files = [...emitTypes(api), ...emitValidators(api)];
    const tests = emitTypeTests(api).map(({ text }) => ({
      path: 'src/agree.ts',
      text: text.replaceAll('../src/', './'),
    }));
    return [folderOf(what), [...files, ...tests, { path: 'src/values.ts', text: valuesModule(what, given) }]] as const;
  });
  said = checkPackages(folder, Object.fromEntries(packages));
}, 120_000);

test.each(Object.keys(GIVEN))('the type and the validator agree on %s', (what) => {
  expect(said.filter((line) => line.includes(`${folderOf(what)}/`))).toEqual([]);
});

test('and nothing else is said', () => {
  expect(said).toEqual([]);
});
