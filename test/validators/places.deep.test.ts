import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OperationValidators, Validator } from '@countersign/runtime/contract';
import { afterAll, describe, expect, test } from 'vitest';
import { emitTypes } from '../../scripts/emit/types/emit-types.ts';
import { checkSchemas, emitValidators } from '../../scripts/emit/validators/emit-validators.ts';
import { buildApi } from '../../scripts/model/index.ts';
import type { Api, File } from '../../scripts/model/types.ts';
import { checkPackages } from '../emit/check-packages.ts';
import { expandWith } from '../expand/expand-with.ts';
import { acceptDocument, makeFiles } from '../hostile/pipeline.ts';
import { components, paths, rows } from '../runtime/round-trip/document-rows.ts';
import { DOCUMENTS, type Given } from './documents/kinds.ts';
import { GeneratedModules } from './generated-module.ts';

const modules = new GeneratedModules();
const folder = mkdtempSync(join(tmpdir(), 'countersign-places-'));
afterAll(() => {
  modules.remove();
  rmSync(folder, { recursive: true, force: true });
});

const S = { $ref: '#/components/schemas/S' };
const json = (schema: object) => ({ 'application/json': { schema } });
const parameter = (place: string, name: string) => ({ name, in: place, required: true, content: json(S) });

/** Every place of a schema in a document that is not the body of a request or a response, and what contains it. */
function documentOf({ openapi = '3.1.0', schemas }: Given): object {
  const responses = {
    200: {
      description: 'ok',
      headers: { 'X-S': { required: true, content: json(S) } },
      content: json({ type: 'array', items: S }),
    },
    '4XX': { description: 'wrong', content: { 'application/problem+json': { schema: S } } },
  };
  const hook = { post: { operationId: 'hook', requestBody: { required: true, content: json(S) }, responses } };
  const put = {
    operationId: 'put',
    parameters: [parameter('query', 'q'), parameter('header', 'X-H'), parameter('cookie', 'c')],
    requestBody: { required: true, content: json({ type: 'object', required: ['s'], properties: { s: S } }) },
    callbacks: { back: { '{$request.query.url}': { post: { ...hook.post, operationId: 'called' } } } },
    responses,
  };
  const map = {
    operationId: 'map',
    requestBody: { required: true, content: json({ type: 'object', additionalProperties: S }) },
    responses: { default: { description: 'any', content: json({ allOf: [S] }) } },
  };
  return {
    openapi,
    info: { title: 'T', version: '1' },
    paths: { '/s': { put }, '/map': { post: map } },
    ...(openapi.startsWith('3.0') ? {} : { webhooks: { hook } }),
    components: { schemas },
  };
}

type Validators = Readonly<Record<string, OperationValidators>>;
type Place = readonly [
  name: string,
  find: (validators: Validators) => Validator | undefined,
  wrap: (value: unknown) => unknown,
  type: string,
];
const same = (value: unknown): unknown => value;
const parameters = (value: unknown) => ({ query: { q: value }, headers: { 'X-H': value }, cookies: { c: value } });
const JSON_TYPE = 'application/json';
const bodyOf = (name: string) => `operations['${name}']['requestBody']['content']['${JSON_TYPE}']`;
const answerOf = (name: string, status: string, type = JSON_TYPE) =>
  `operations['${name}']['responses'][${status}]['content']['${type}']`;

const PLACES: readonly Place[] = [
  [
    'a parameter of a query',
    ({ put }) => put?.query,
    (value) => parameters(value).query,
    "operations['put']['parameters']['query']",
  ],
  [
    'a header parameter',
    ({ put }) => put?.headers,
    (value) => parameters(value).headers,
    "operations['put']['parameters']['header']",
  ],
  [
    'a cookie',
    ({ put }) => put?.cookies,
    (value) => parameters(value).cookies,
    "operations['put']['parameters']['cookie']",
  ],
  ['a property', ({ put }) => put?.body?.[JSON_TYPE], (value) => ({ s: value }), bodyOf('put')],
  ['an item', ({ put }) => put?.responses['200']?.[JSON_TYPE], (value) => [value], answerOf('put', '200')],
  [
    'a response header',
    ({ put }) => put?.responseHeaders?.['200']?.validator,
    (value) => ({ 'X-S': value }),
    "operations['put']['responses'][200]['headers']",
  ],
  [
    'an error',
    ({ put }) => put?.responses['4XX']?.['application/problem+json'],
    same,
    answerOf('put', "'4XX'", 'application/problem+json'),
  ],
  ['a value of a map', ({ map }) => map?.body?.[JSON_TYPE], (value) => ({ any: value }), bodyOf('map')],
  ['a part', ({ map }) => map?.responses.default?.[JSON_TYPE], same, answerOf('map', "'default'")],
  ['a webhook', ({ hook }) => hook?.body?.[JSON_TYPE], same, bodyOf('hook')],
  ['a callback', ({ called }) => called?.body?.[JSON_TYPE], same, bodyOf('called')],
];

const packages: { [name: string]: readonly File[] } = {};

async function judge(validator: Validator | undefined, value: unknown): Promise<boolean> {
  const result = await validator?.['~standard'].validate(value);
  return result !== undefined && result.issues === undefined;
}

async function check(kind: string, what: string, given: Given): Promise<void> {
  const text = JSON.stringify(documentOf(given));
  const api: Api = buildApi(await expandWith({ 'openapi.yaml': text }), 'other');
  expect(checkSchemas(api).filter(({ severity }) => severity === 'error')).toEqual([]);
  const { validators } = await modules.load(api);
  const wrong: string[] = [];
  const uses: string[] = [];
  for (const [name, find, wrap, type] of PLACES) {
    const validator = find(validators as Validators);
    const hasWebhook = !(given.openapi ?? '3.1').startsWith('3.0') || name !== 'a webhook';
    if (!hasWebhook) continue;
    for (const [values, want] of [
      [given.accepted, true],
      [given.refused, false],
    ] as const)
      for (const value of values)
        if ((await judge(validator, wrap(value))) !== want) wrong.push(`${name}: ${JSON.stringify(value)} is ${!want}`);
    uses.push(...given.accepted.map((value) => `void (${JSON.stringify(wrap(value))} satisfies ${type});`));
  }
  expect(wrong).toEqual([]);
  packages[`${kind} ${what}`.replaceAll(/\W+/g, '-')] = [
    ...emitTypes(api),
    ...emitValidators(api),
    { path: 'src/values.ts', text: `import type { operations } from './types.ts';\n${uses.join('\n')}\n` },
  ];
}

describe.each(Object.entries(DOCUMENTS))('in each place: %s', (kind, variants) => {
  test.each(Object.entries(variants))('%s', (what, given) => check(kind, what, given));
});

const UNVERSIONED = Object.entries(DOCUMENTS).flatMap(([kind, variants]) =>
  Object.entries(variants)
    .filter(([, { openapi }]) => openapi === undefined)
    .slice(0, 2)
    .map(([what, given]) => [kind, what, given] as const),
);
test.each(UNVERSIONED)('in OpenAPI 3.2: %s, %s', (kind, what, given) =>
  check(`${kind} 3.2`, what, { ...given, openapi: '3.2.0' }),
);

/** The owner of the data sends webhooks, so that readOnly and writeOnly are swapped there, in components too. */
const REVERSED = `import type { operations } from './types.ts';
type Content = { readonly content: { readonly 'application/json': unknown } };
type Json<C extends Content> = C['content']['application/json'];
type Asked<Name extends keyof operations> = Json<NonNullable<operations[Name]['requestBody']> & Content>;
void ({ id: '', name: '' } satisfies Asked<'hook'>);
void ({ id: '', name: '' } satisfies Asked<'named'>);
void ({ id: '', name: '' } satisfies Asked<'called'>);
void ({ name: '', pin: '' } satisfies Asked<'put'>);
void ({ name: '', pin: '' } satisfies Json<operations['hook']['responses'][200]>);
void ({ name: '', pin: '' } satisfies Json<operations['named']['responses'][200]>);
void ({ id: '', name: '' } satisfies Json<operations['put']['responses'][200]>);
// @ts-expect-error
void ({ id: '', name: '', pin: '' } satisfies Asked<'hook'>);
// @ts-expect-error
void ({ name: '' } satisfies Asked<'named'>);
// @ts-expect-error
void ({ id: '', name: '' } satisfies Asked<'put'>);
`;

test('readOnly and writeOnly are swapped in webhooks and callbacks', async () => {
  const text = { type: 'string' };
  const properties = { id: { ...text, readOnly: true }, name: text, pin: { ...text, writeOnly: true } };
  const requestBody = { required: true, content: json(S) };
  const responses = { 200: { description: 'ok', content: json(S) } };
  const named = {
    operationId: 'named',
    requestBody: { $ref: '#/components/requestBodies/S' },
    responses: { 200: { $ref: '#/components/responses/S' } },
  };
  const called = { post: { operationId: 'called', requestBody, responses } };
  const document = {
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: { '/s': { put: { operationId: 'put', requestBody, responses, callbacks: { c: { '{$url}': called } } } } },
    webhooks: { hook: { post: { operationId: 'hook', requestBody, responses } }, named: { post: named } },
    components: {
      schemas: { S: { type: 'object', required: ['id', 'name', 'pin'], properties } },
      requestBodies: { S: requestBody },
      responses: { S: responses[200] },
    },
  };
  const api = buildApi(await expandWith({ 'openapi.yaml': JSON.stringify(document) }), 'other');
  packages['directions-of-webhooks'] = [
    ...emitTypes(api),
    ...emitValidators(api),
    { path: 'src/reversed.ts', text: REVERSED },
  ];
});

test('parameters, bodies and responses of calls and handlers have the types of their values', async () => {
  const info = { title: 'T', version: '1' };
  const document = { openapi: '3.1.0', info, servers: [{ url: 'http://127.0.0.1:1' }], paths, components };
  mkdirSync(folder, { recursive: true });
  const outcome = await acceptDocument(join(folder, 'rows.json'), document);
  if (outcome.kind === 'refused') throw new Error(JSON.stringify(outcome.diagnostics));
  const inputs = rows.map(({ input }, at) => `void client.op${at}(${JSON.stringify(input)});`);
  const handlers = rows.map(({ input, answer = { status: 204 } }, at) => {
    const given = `void (${JSON.stringify(input)} satisfies typeof input);`;
    return `op${at}: (input) => { ${given} return ${JSON.stringify(answer)}; },`;
  });
  const text = `import { createHostileClient } from './index.ts';
import { createHostileServer } from './server.ts';
const client = createHostileClient({});
${inputs.join('\n')}
createHostileServer({ handlers: { ${handlers.join('\n')} } });
`;
  packages.rows = [...(await makeFiles(outcome.api)), { path: 'src/use.ts', text }];
});

test('the output for each compiles', () => {
  expect(Object.keys(packages).length).toBeGreaterThan(60);
  expect(checkPackages(folder, packages)).toEqual([]);
}, 240_000);
