import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, describe, expect, it } from 'vitest';
import type { Framework } from '../../scripts/emit/framework.ts';
import { emitHooks } from '../../scripts/emit/hooks/emit-hooks.ts';
import { emitMsw } from '../../scripts/emit/msw/emit-msw.ts';
import { MODULE_NAMES } from '../../scripts/emit/orval/hook-names.ts';
import { format } from '../../scripts/format/index.ts';
import type { Api, File } from '../../scripts/model/types.ts';
import { checkPackages } from '../emit/check-packages.ts';
import { makeFiles } from '../hostile/pipeline.ts';
import { apiOf } from '../validators/fixture.ts';

const emitFrontend = async (api: Api, framework: Framework = 'react'): Promise<readonly File[]> => [
  ...(await emitHooks(api, framework)),
  ...(await emitMsw(api, [framework])),
];
const folder = mkdtempSync(join(tmpdir(), 'countersign-hook-names-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Method = 'get' | 'post';
/** The operation's `useX`, and its name in the client. */
type Row = readonly [operationId: string, method: Method, hook: string, identifier: string];

const answer = (value: unknown): object => {
  const schema = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] };
  return { 200: { description: 'done', content: { 'application/json': { schema, example: { a: value } } } } };
};

const parameters = [{ name: 'q', in: 'query', schema: { type: 'string' } }];
/** A provider whose name orval generates for an operation. */
function apiOfRows(rows: readonly Row[], provider = 'op1x', more: object = {}): Api {
  const paths = rows.map(([operationId, method], index) => {
    return [`/path${index}`, { [method]: { operationId, parameters, responses: answer(operationId) } }];
  });
  const api = apiOf(
    {},
    { servers: [{ url: 'https://provider.example' }], paths: { ...Object.fromEntries(paths), ...more } },
  );
  return { ...api, provider, descriptor: { ...api.descriptor, provider } };
}

/** A module that uses every hook and handler, and requests the example of each handler. */
function use(rows: readonly Row[]): File {
  const text = rows.flatMap(([operationId, method, hook, identifier]) => {
    const kind = method === 'get' ? 'Query' : 'Mutation';
    const name = hook.slice('use'.length);
    const key = method === 'get' ? `['POST', '/op1x/${identifier}', undefined]` : `['${identifier}']`;
    return [
      `void [react.${hook}, react.${hook}Hook, react.${hook}${kind}Options];`,
      `deepEqual(react.get${name}${kind}Key(), ${key});`,
      `deepEqual(msw.get${name}ResponseMock(), { a: ${JSON.stringify(operationId)} });`,
      `export type Uses${name} = [react.${name}${kind}Result, react.${name}${kind}Error];`,
    ];
  });
  const head = [
    "import { deepEqual, equal } from 'node:assert/strict';",
    "import * as msw from './msw.ts';",
    "import * as react from './react.ts';",
    `equal(msw.getOp1xHandlers().length, ${rows.length});`,
    'void [react.Op1xProvider, react.useOp1xClient];',
  ];
  return { path: 'src/use.ts', text: [...head, ...text].join('\n') };
}

const get = (id: string, hook: string, identifier = id): Row => [id, 'get', hook, identifier];
const post = (id: string, hook: string, identifier = id): Row => [id, 'post', hook, identifier];

const table: { readonly [name: string]: readonly Row[] } = {
  'names-that-are-free': [get('getThing', 'useGetThing'), post('infiniteQuery', 'useInfiniteQuery')],
  'no-letter-first': [
    get('2faVerify', 'use_2faVerify', '_2faVerify'),
    post('012', 'use_012', '_012'),
    get('-1', 'use_1', '_1'),
  ],
  'other-scripts': [get('日本', 'use日本'), post('ß', 'useß'), get('aЖ', 'useAЖ')],
  'names-of-the-libraries': [
    get('query', 'useQuery2'),
    post('mutation', 'useMutation2'),
    get('callback', 'useCallback2'),
    post('use', 'useUse2'),
    get('callOperation', 'useCallOperation2'),
    post('op1xClient', 'useOp1xClient2'),
  ],
  'names-of-its-variables': [
    get('options', 'useOptions'),
    post('data', 'useData'),
    get('useCallback', 'useUseCallback'),
    get('queryKey', 'useQueryKey'),
    post('signal', 'useSignal'),
    get('op0x', 'useOp0x'),
  ],
  'names-of-type-parameters': [
    get('t', 'useT'),
    post('t2', 'useT2'),
    get('tData', 'useTData2'),
    get('tError', 'useTError'),
    post('tContext', 'useTContext'),
    post('tDataQuery', 'useTDataQuery'),
  ],
  'a-type-parameter-of-a-mutation': [post('t', 'useT'), get('tData2', 'useTData2')],
  'a-query-of-another': [
    get('foo', 'useFoo'),
    get('fooHook', 'useFooHook2'),
    get('fooQueryOptions', 'useFooQueryOptions2'),
  ],
  'a-mutation-of-another': [post('fooMutationOptions', 'useFooMutationOptions'), post('foo', 'useFoo2')],
  'a-type-of-another': [get('foo', 'useFoo2'), get('fooQuery', 'useFooQuery')],
  'examples-that-read-as-places': [
    get('"@@second@@"', 'useSecond', 'second'),
    post(
      "http.post('*/op1x/first', export const getXMock = () => [",
      'useHttpPostOp1xFirstExportConstGetXMock',
      'httpPostOp1xFirstExportConstGetXMock',
    ),
  ],
};

/** Names that a module imports, and its top-level declarations. */
function topLevelNames(text: string): readonly string[] {
  return ts.createSourceFile('m.ts', text, ts.ScriptTarget.Latest).statements.flatMap((statement) => {
    if (ts.isImportDeclaration(statement)) {
      const bindings = statement.importClause?.namedBindings;
      return bindings && ts.isNamedImports(bindings) ? bindings.elements.map(({ name }) => name.text) : [];
    }
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.map(({ name }) => (ts.isIdentifier(name) ? name.text : ''));
    if (ts.isTypeAliasDeclaration(statement) || ts.isFunctionDeclaration(statement))
      return [statement.name?.text ?? ''];
    return [];
  });
}

describe('names of hooks', () => {
  it('do not collide with other names of the modules: they compile, import, and call their own operation', async () => {
    const made = Object.entries(table).map(async ([name, rows]) => {
      const api = apiOfRows(rows);
      return [name, [...(await makeFiles(api)), ...format(await emitFrontend(api)), use(rows)]] as const;
    });
    expect(checkPackages(folder, Object.fromEntries(await Promise.all(made)))).toEqual([]);
  });

  it.each(['react', 'vue', 'svelte'] as const)('avoid every name in the modules of %s', async (framework) => {
    const rows = [get('getThing', 'useGetThing'), post('makeThing', 'useMakeThing')];
    const lines = { 'application/jsonl': { itemSchema: { type: 'object' }, example: '{}\n' } };
    const stream = { get: { operationId: 'getThings', responses: { 200: { description: 'done', content: lines } } } };
    const api: Api = { ...apiOfRows(rows, 'acme', { '/lines': stream }), int64: 'bigint' };
    const files = await emitFrontend(api, framework);
    const names = files.filter(({ path }) => !path.endsWith('-client.ts')).flatMap(({ text }) => topLevelNames(text));
    const others = names.filter((name) => !/(Get|Make)Thing|^getAcmeHandlers$/.test(name));
    expect([...new Set(others)].sort()).toEqual([...MODULE_NAMES[framework]].sort());
  });
});
