import { afterAll, describe, expect, test } from 'vitest';
import { packageOf, removePackages } from '../bodies/packages.ts';

const text = { type: 'string' };
const read = { ...text, readOnly: true };
const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: object) => ({ content: { 'application/json': { schema } } });

const schemas = {
  User: object({ id: read, name: text }, { required: ['id', 'name'] }),
  Cat: object({ kind: { const: 'cat' }, id: read, name: text }, { required: ['kind'] }),
  Dog: object({ kind: { const: 'dog' }, id: text }, { required: ['kind'] }),
  Animal: object({ kind: text }, { required: ['kind'], discriminator: { propertyName: 'kind' } }),
  Lion: { allOf: [ref('Animal'), object({ id: read, name: text })] },
};
const deep = (schema: object) => ({ in: 'query', style: 'deepObject', explode: true, schema });
const given = { id: '1', name: 'n' };
const sent = { name: 'n' };

type Parameter = { readonly in: string };
type Row = readonly [name: string, parameter: Parameter, given: unknown, sent: unknown];
const rows: readonly Row[] = [
  ['deepObject', deep(ref('User')), given, sent],
  ['form', { in: 'query', schema: ref('User') } as Parameter, given, sent],
  ['form without explode', { in: 'query', explode: false, schema: ref('User') } as Parameter, given, sent],
  ['JSON in a query', { in: 'query', ...json(ref('User')) }, given, sent],
  ['a header', { in: 'header', schema: ref('User') } as Parameter, given, sent],
  ['a header with explode', { in: 'header', explode: true, schema: ref('User') } as Parameter, given, sent],
  ['a path', { in: 'path', required: true, schema: ref('User') } as Parameter, given, sent],
  [
    'a path of style matrix',
    { in: 'path', required: true, style: 'matrix', schema: ref('User') } as Parameter,
    given,
    sent,
  ],
  ['a cookie', { in: 'cookie', explode: false, schema: ref('User') } as Parameter, given, sent],
  ['the branch that fits', deep({ oneOf: [ref('Cat'), ref('Dog')] }), { kind: 'cat', id: '1' }, { kind: 'cat' }],
  ['another branch', deep({ oneOf: [ref('Cat'), ref('Dog')] }), { kind: 'dog', id: '1' }, { kind: 'dog', id: '1' }],
  ['nested', deep(object({ user: ref('User') })), { user: given }, { user: sent }],
  ['a list', { in: 'query', ...json({ type: 'array', items: ref('User') }) }, [given, given], [sent, sent]],
  [
    'allOf',
    deep({ allOf: [ref('User'), object({ at: read, more: text })] }),
    { ...given, at: 'a', more: 'm' },
    { ...sent, more: 'm' },
  ],
  ['a nullable object', { in: 'query', ...json({ anyOf: [ref('User'), { type: 'null' }] }) }, given, sent],
  [
    'a schema that extends the declared one',
    { in: 'query', ...json(ref('Animal')) },
    { kind: 'Lion', ...given },
    { kind: 'Lion', ...sent },
  ],
  ['not of the parameter itself', { in: 'query', schema: read } as Parameter, 'x', 'x'],
];

const partOf: Readonly<Record<string, string>> = { query: 'query', header: 'headers', path: 'path', cookie: 'cookies' };
const placeOf = ({ in: place }: Parameter): string => partOf[place] ?? '';

/** The same contract without readOnly: its server returns every property that was sent. */
const open = (contract: object): object =>
  JSON.parse(
    JSON.stringify(contract)
      .replaceAll(',"readOnly":true', '')
      .replaceAll('"required":["id","name"]', '"required":["name"]'),
  );
const pathsOf = Object.fromEntries(
  rows.map(([, parameter], at) => [
    `/r${at}${parameter.in === 'path' ? '/{p}' : ''}`,
    {
      get: {
        operationId: `r${at}`,
        parameters: [{ name: 'p', ...parameter }],
        responses: { 204: { description: 'ok' } },
      },
    },
  ]),
);
const made = await packageOf(pathsOf, { components: { schemas } });
const plain = await packageOf(open(pathsOf), { components: { schemas: open(schemas) } });
afterAll(removePackages);

describe('a client omits readOnly properties from parameters that are objects', () => {
  test.each(rows.map(([name, parameter, value, wanted], at) => ({ name, parameter, value, wanted, at })))(
    '$name',
    async ({ parameter, value, wanted, at }) => {
      const part = placeOf(parameter);
      const before = structuredClone(value);
      const received: unknown[] = [];
      const handler = (input: Record<string, Record<string, unknown>>) => {
        received.push(input[part]?.p);
        return { status: 204 };
      };
      for (const options of [{}, { validation: { input: 'off', responses: 'off' } }]) {
        const result = await plain.serving({ [`r${at}`]: handler as never }, (url) =>
          Promise.resolve(made.client(url, options)[`r${at}`]?.({ [part]: { p: value } })),
        );
        expect(result?.error?.message).toBeUndefined();
      }
      expect(received).toEqual([wanted, wanted]);
      expect(value).toEqual(before);
    },
  );
});
