import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, describe, expect, it } from 'vitest';
import { CLIENT_NAMES } from '../../scripts/emit/views/client-names.ts';
import { chooseNames } from '../../scripts/emit/views/naming.ts';
import type { File } from '../../scripts/model/types.ts';
import { makeFiles } from '../hostile/pipeline.ts';
import { put } from '../hostile/sink.ts';
import { apiOf } from '../validators/fixture.ts';
import { checkPackages } from './check-packages.ts';

const folder = mkdtempSync(join(tmpdir(), 'countersign-names-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Errors = readonly (readonly [code: string, name: string])[];

function contract(errors: Errors, operationIds: readonly string[]) {
  const byCode = {};
  for (const [code, name] of errors) put(byCode, code, { name });
  const schema = { type: 'object', properties: { code: { type: 'integer' } }, required: ['code'] };
  const responses = { 200: { description: 'done', content: { 'application/json': { schema } } } };
  return apiOf(
    {},
    {
      servers: [{ url: 'https://provider.example' }],
      'x-cs-envelope': { code: '/code', success: [0], errors: byCode },
      paths: Object.fromEntries(
        operationIds.map((operationId) => [`/${operationId}`, { get: { operationId, responses } }]),
      ),
    },
  );
}

/** A module that uses the class of each code, its guard and the types of each operation of the package. */
function use(classes: readonly (readonly [code: string, name: string])[], types: readonly string[]): File {
  const text = [
    "import { equal } from 'node:assert/strict';",
    "import * as all from './index.ts';",
    'const { errors, createFixtureClient } = all;',
    'createFixtureClient();',
    `equal(Object.keys(errors).length, ${classes.length});`,
    ...classes.flatMap(([code, name]) => [
      `equal(Object.getOwnPropertyDescriptor(errors, '${code}')?.value, all.${name});`,
      `equal(all.${name}.name, '${name}');`,
      `equal(all.is${name}(new Error()), false);`,
      `equal(Object.getPrototypeOf(all.${name}), all.ApiError);`,
    ]),
    ...types.map((name) => `export type Uses${name} = [all.${name}Input, all.${name}Data, all.${name}Error];`),
  ];
  return { path: 'src/use.ts', text: text.join('\n') };
}

const RUNTIME = ['Timeout', 'Abort', 'Connection', 'Validation', 'Configuration', 'BodyTooLarge', 'UnexpectedResponse'];
const OPERATIONS = ['call', 'batchesStopped', ...RUNTIME.map((name) => name.charAt(0).toLowerCase() + name.slice(1))];

type Case = {
  readonly errors: Errors;
  readonly operationIds: readonly string[];
  readonly classes: Errors;
  readonly types: readonly string[];
};
const table: { readonly [name: string]: Case } = {
  free: {
    errors: [
      ['1', 'TokenExpired'],
      ['2', 'ServerError'],
    ],
    operationIds: ['getThing', 'page', 'client'],
    classes: [
      ['1', 'TokenExpiredError'],
      ['2', 'ServerError'],
    ],
    types: ['GetThing', 'Page', 'Client'],
  },
  'classes-of-the-client': {
    errors: ['Api', 'BatchesStopped', 'Countersign', ...RUNTIME].map((name, index) => [String(index + 1), name]),
    operationIds: ['getThing'],
    classes: ['Api', 'BatchesStopped', 'Countersign', ...RUNTIME].map((name, index) => [
      String(index + 1),
      `${name}Error2`,
    ]),
    types: ['GetThing'],
  },
  'a-class-and-an-operation': {
    errors: [['1', 'Foo']],
    operationIds: ['foo', 'foo2'],
    classes: [['1', 'FooError']],
    types: ['Foo2', 'Foo22'],
  },
  'one-name-of-two-codes': {
    errors: [
      ['1', 'Call'],
      ['2', 'CallError'],
      ['3', 'Foo'],
      ['4', 'FooError'],
    ],
    operationIds: ['getThing'],
    classes: [
      ['1', 'CallError2'],
      ['2', 'CallError3'],
      ['3', 'FooError'],
      ['4', 'FooError2'],
    ],
    types: ['GetThing'],
  },
  'operations-of-the-client-s-names': {
    errors: [],
    operationIds: OPERATIONS,
    classes: [],
    types: ['Call2', 'BatchesStopped2', ...RUNTIME.map((name) => `${name}2`)],
  },
  'a-code-that-is-a-prototype-s': {
    errors: [
      ['__proto__', 'Proto'],
      ['constructor', 'Made'],
      ['a-b', 'Hyphen'],
    ],
    operationIds: ['getThing'],
    classes: [
      ['__proto__', 'ProtoError'],
      ['constructor', 'MadeError'],
      ['a-b', 'HyphenError'],
    ],
    types: ['GetThing'],
  },
};

describe('names of errors and operations', () => {
  it.each(Object.entries(table))('%s: each name is unique', (_, { errors, operationIds, classes, types }) => {
    const api = contract(errors, operationIds);
    const naming = chooseNames(api);
    expect([...naming.errors]).toEqual(classes);
    expect(api.operations.map(naming.operation)).toEqual(types);
  });

  it('produce packages that compile and import', async () => {
    const made = Object.entries(table).map(async ([name, { errors, operationIds, classes, types }]) => {
      return [name, [...(await makeFiles(contract(errors, operationIds))), use(classes, types)]] as const;
    });
    expect(checkPackages(folder, Object.fromEntries(await Promise.all(made)))).toEqual([]);
  });

  it('avoid every export of the client and of OAuth with the same suffix', () => {
    const modules = ['client', 'oauth'].map((part) => join(import.meta.dirname, `../../runtime/${part}/index.ts`));
    const program = ts.createProgram(modules, {
      allowImportingTsExtensions: true,
      module: ts.ModuleKind.NodeNext,
      noEmit: true,
      target: ts.ScriptTarget.ESNext,
    });
    const checker = program.getTypeChecker();
    const names = modules.flatMap((module) => {
      const source = program.getSourceFile(module);
      const symbol = source && checker.getSymbolAtLocation(source);
      return symbol ? checker.getExportsOfModule(symbol).map(({ name }) => name) : [];
    });
    expect(names.filter((name) => /(Input|Data|Error)$/i.test(name)).sort()).toEqual([...CLIENT_NAMES].sort());
  });
});
