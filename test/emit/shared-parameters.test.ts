import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { emitOperations } from '../../scripts/emit/operations/emit-operations.ts';
import type { Api } from '../../scripts/model/types.ts';
import { apiOf } from '../validators/fixture.ts';

type Parameters = readonly (readonly [place: string, name: string, type?: string])[];

/** A contract with one GET per list of parameters. Its operations are `first`, `second` and so on, unless named. */
function contract(lists: readonly Parameters[], names: readonly string[] = ['first', 'second', 'third']): Api {
  const paths = lists.map((parameters, index) => {
    const inPath = parameters.filter(([place]) => place === 'path').map(([, name]) => `/{${name}}`);
    const get = {
      operationId: names[index],
      responses: { 204: { description: 'done' } },
      parameters: parameters.map(([place, name, type = 'string']) => ({
        in: place,
        name,
        required: place === 'path',
        schema: { type },
      })),
    };
    return [`/${index}${inPath.join('')}`, { get }];
  });
  return apiOf({}, { paths: Object.fromEntries(paths), servers: [{ url: 'https://provider.example' }] });
}

const textOf = (api: Api): string => emitOperations(api).map(({ text }) => text)[0] ?? '';

/** The exports of the module at run time. */
async function load(text: string): Promise<{ readonly operations: Readonly<Record<string, unknown>> }> {
  const code = ts.transpileModule(text, { compilerOptions: { module: ts.ModuleKind.ESNext, target: 99 } }).outputText;
  return import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
}

const owner = ['path', 'owner'] as const;
const page = ['query', 'page', 'integer'] as const;

describe('parameters of several operations', () => {
  it.each<[what: string, lists: readonly Parameters[], constants: readonly string[]]>([
    ['no parameters', [[], []], []],
    ['of one operation', [[owner], [page]], []],
    ['of two operations', [[owner], [owner, page]], ['owner']],
    ['a list of two operations', [[owner, page], [owner, page], []], ['owner', 'page', 'ownerPage']],
    [
      'a list in another order',
      [
        [owner, page],
        [page, owner],
      ],
      ['owner', 'page'],
    ],
    ['with the same name, but another type', [[page], [page], [['query', 'page']], []], ['page']],
    [
      'with the same name, twice each',
      [[page, owner], [page], [['query', 'page']], [['query', 'page'], owner]],
      ['page', 'owner', 'page2'],
    ],
    [
      'with the names of the module',
      [
        [['query', 'api']],
        [
          ['query', 'api'],
          ['query', 'first'],
        ],
        [['query', 'first']],
      ],
      ['api2', 'first2'],
    ],
    [
      'with reserved names',
      [
        [
          ['query', 'delete'],
          ['query', '__proto__'],
        ],
        [
          ['query', 'delete'],
          ['query', '__proto__'],
        ],
      ],
      ['delete2', 'proto', 'deleteProto'],
    ],
  ])('%s', async (_, lists, constants) => {
    const api = contract(lists, ['first', 'second', 'third', 'fourth']);
    const text = textOf(api);
    expect([...text.matchAll(/^const (\w+) =/gm)].map(([, name]) => name)).toEqual(constants);
    const { operations } = await load(text);
    expect(operations).toEqual(
      Object.fromEntries(api.operations.map(({ identifier, descriptor }) => [identifier, descriptor])),
    );
    const { diagnostics } = ts.transpileDeclaration(text, {
      reportDiagnostics: true,
      compilerOptions: { isolatedDeclarations: true, strict: true, target: ts.ScriptTarget.ESNext },
    });
    expect(diagnostics?.map(({ messageText }) => messageText)).toEqual([]);
  });
});

it('a descriptor has the literal types of its parameters', () => {
  const emitted = textOf(
    contract([
      [owner, page],
      [owner, page],
    ]),
  );
  // The module alone: the type of descriptors has no effect on the literal types.
  const text = `${emitted.replace(/^import .*$/m, 'type OperationDescriptor = object;')}
    export const name: 'owner' = first.parameters[0].name;
    export const types: readonly ['integer'] = operations.second.parameters[1].shape.types;
    // @ts-expect-error
    export const other: 'page' = first.parameters[0].name;`;
  const options: ts.CompilerOptions = { strict: true, noEmit: true, target: ts.ScriptTarget.ESNext, types: [] };
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (path, ...rest) =>
    path === 'module.ts' ? ts.createSourceFile(path, text, ts.ScriptTarget.ESNext) : getSourceFile(path, ...rest);
  const program = ts.createProgram(['module.ts'], options, host);
  const found = program.getSemanticDiagnostics(program.getSourceFile('module.ts'));
  expect(found.map(({ messageText }) => messageText)).toEqual([]);
});
