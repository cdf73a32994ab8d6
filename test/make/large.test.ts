import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Diagnostic, InputError } from '../../scripts/common/diagnostics/diagnostic.ts';
import { openWorkspace, type Workspace } from '../../scripts/config/workspace.ts';
import { generate } from '../../scripts/generate/index.ts';
import { openPool } from '../../scripts/generate/pool.ts';
import { type EmitterWorkspace, makeWorkspace } from '../emitters/workspace.ts';

let made: EmitterWorkspace;
let workspace: Workspace;
beforeAll(async () => {
  made = await makeWorkspace();
  workspace = openWorkspace(made.root);
});
afterAll(() => made.remove());

const array = (schema: object) => ({ type: 'array', items: schema });

/** A document of the given size: larger ones are checked in a thread of their own. */
const documentOf = (order: object, description: string, operation: object = {}): string =>
  JSON.stringify({
    openapi: '3.1.1',
    info: { title: 'Shop', version: '1', description, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: 'https://shop.invalid' }],
    paths: {
      '/orders': {
        get: {
          operationId: 'listOrders',
          summary: 'List orders',
          security: [],
          responses: {
            '4XX': { description: 'An error.' },
            200: { description: 'Orders.', content: { 'application/json': { schema: array(order), example: [] } } },
          },
          ...operation,
        },
      },
    },
  });

const SMALL = 'A shop.';
const LARGE = 'A shop. '.repeat(200_000);

async function report(document: string): Promise<readonly Pick<Diagnostic, 'code' | 'severity' | 'message'>[]> {
  await made.write('specs/shop/openapi.json', document);
  const found = await generate(workspace, { force: true, check: true }).then(
    ({ warnings }) => warnings,
    (error: unknown) => {
      if (error instanceof InputError) return error.diagnostics;
      throw error;
    },
  );
  return found.map(({ code, severity, message }) => ({ code, severity, message }));
}

describe('a large document', () => {
  it.each([
    ['a valid document', {}, {}, []],
    ['an error of the linter', {}, { operationId: 7 }, ['error']],
    ['an error in a schema', { type: 'string', pattern: '(' }, {}, ['error']],
    ['a reference to nothing', { $ref: '#/components/schemas/None' }, {}, ['error']],
    ['a warning of the linter', {}, { operationId: 'delete' }, ['warning']],
    [
      'a loop of references',
      { $ref: '#/paths/~1orders/get/responses/200/content/application~1json/schema/items' },
      {},
      ['error'],
    ],
  ])('%s is reported as in a small one', async (_, order, operation, severities) => {
    const small = await report(documentOf(order, SMALL, operation));
    expect([...new Set(small.map(({ severity }) => severity))]).toEqual(severities);
    expect(await report(documentOf(order, LARGE, operation))).toEqual(small);
  });
});

it('a document without enough memory is rejected with its file', async () => {
  const properties = Object.fromEntries(Array.from({ length: 40_000 }, (_, i) => [`p${i}`, { type: 'integer' }]));
  await made.write('specs/shop/openapi.json', documentOf({ type: 'object', properties }, SMALL));
  const staging = await mkdtemp(join(tmpdir(), 'countersign-staging-'));
  const pool = openPool(1, 40);
  try {
    const error = await pool.makeProvider(workspace, 'shop', staging, true).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).diagnostics).toMatchObject([
      {
        code: 'document-memory',
        message: 'Generating from this document needs more than 40 MB of memory.',
        at: { file: expect.stringMatching(/specs\/shop\/openapi\.json$/), line: 1, column: 1 },
      },
    ]);
  } finally {
    await pool.close();
    await rm(staging, { recursive: true });
  }
});
