import { expect, it } from 'vitest';
import { emitTypes } from '../../scripts/emit/types/emit-types.ts';
import { apiOf } from '../validators/fixture.ts';

const SELF = { $ref: '#/components/schemas/Self' };
const REQUIRED = { required: ['a'], additionalProperties: SELF };

it.each<[what: string, self: unknown, want: string]>([
  ['an object', { type: 'object', ...REQUIRED }, '{ [key: string]: SELF; } & { a: SELF; }'],
  [
    'an object or null',
    { type: ['object', 'null'], ...REQUIRED },
    '({ [key: string]: SELF; } | null) & ({ a: SELF; } | null)',
  ],
  [
    'properties without a type',
    { properties: { b: SELF }, ...REQUIRED },
    '({ b?: SELF; } & { [key: string]: SELF; }) & { a: SELF; }',
  ],
  ['neither', REQUIRED, '{ [key: string]: SELF; }'],
  [
    'in an alternative',
    { anyOf: [{ type: 'object', ...REQUIRED }, { type: 'null' }] },
    '({ [key: string]: SELF; } & { a: SELF; }) | null',
  ],
  [
    'in an inner object',
    { type: 'object', required: ['b'], additionalProperties: { type: 'object', ...REQUIRED } },
    '{ [key: string]: { [key: string]: SELF; } & { a: SELF; }; } & { b: { [key: string]: SELF; } & { a: SELF; }; }',
  ],
])('a required property without a declaration has the type of others, the schema itself: %s', (_, self, want) => {
  const user = { type: 'object', properties: { self: SELF } };
  const [file] = emitTypes(apiOf({ Self: self, User: user, Other: { allOf: [SELF, { type: 'object' }] } }));
  const text = (file?.text ?? '').replace(/\s+/g, ' ').replaceAll('components["schemas"]["Self"]', 'SELF');
  expect(/ Self: (.*); User:/.exec(text)?.[1]).toBe(want);
  expect(text).toContain('User: { self?: SELF; };');
});
