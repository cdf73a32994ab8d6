import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Diagnostic, InputError } from '../../scripts/common/diagnostics/diagnostic.ts';
import { openWorkspace, type Workspace } from '../../scripts/config/workspace.ts';
import { generate } from '../../scripts/generate/index.ts';
import { type BesideMessage, openLarge } from '../../scripts/generate/large.ts';
import type { Made } from '../../scripts/generate/make-provider.ts';
import { askWorker, endWorker, startWorker } from '../../scripts/generate/threads.ts';
import { type EmitterWorkspace, makeWorkspace, shopDocument } from '../emitters/workspace.ts';

let made: EmitterWorkspace;
let workspace: Workspace;
beforeAll(async () => {
  made = await makeWorkspace();
  workspace = openWorkspace(made.root);
});
afterAll(() => made.remove());

/** Larger documents are checked in a thread of their own. */
const documentOf = (order: object, description: string, operation: object = {}): string =>
  shopDocument({ order, description, operation });

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
    // The threads do not wait for the linter. Its errors come alone, regardless of what the document does to other steps.
    ['errors of the linter and of a schema', { type: 'string', pattern: '(' }, { operationId: 7 }, ['error']],
    ['a warning and an error in a schema', { type: 'string', pattern: '(' }, { operationId: 'delete' }, null],
    ['responses that are a number', {}, { responses: 7 }, ['error']],
    ['a response that is null', {}, { responses: { 200: null } }, ['error']],
    ['parameters that are a map', {}, { parameters: { in: 'query' } }, ['error']],
    ['a parameter that is a list', {}, { parameters: [[]] }, ['error']],
    ['a list of tags that is a text', {}, { tags: 'a', security: 3 }, ['error']],
    ['properties that are a list', { properties: [7], required: 7 }, {}, ['error']],
    ['a type that is a map', { type: { a: 1 }, enum: 3, allOf: {} }, {}, ['error']],
  ])('%s is reported as in a small one', async (_, order, operation, severities) => {
    const small = await report(documentOf(order, SMALL, operation));
    if (severities !== null) expect([...new Set(small.map(({ severity }) => severity))]).toEqual(severities);
    expect(await report(documentOf(order, LARGE, operation))).toEqual(small);
  });
});

it('threads that are kept generate again, also after an error', async () => {
  const large = openLarge(true);
  const make = async (type: string, operation: object): Promise<unknown> => {
    await made.write('specs/shop/openapi.json', documentOf({ type }, LARGE, operation));
    return large.make(workspace, 'shop', undefined).then(
      ({ operations }) => operations,
      (error: InputError) => error.diagnostics.length > 0,
    );
  };
  try {
    expect(await make('string', {})).toBe(1);
    expect(await make('string', { operationId: 7 })).toBe(true);
    expect(await make('string', {})).toBe(1);
    await large.close();
    expect(await make('integer', {})).toBe(1);
  } finally {
    await large.close();
  }
});

it('if the other thread fails, types are made in this one', async () => {
  await made.write('specs/shop/openapi.json', documentOf({ type: 'string' }, LARGE));
  const { port1, port2 } = new MessageChannel();
  const stopped = new Int32Array(new SharedArrayBuffer(4));
  const worker = startWorker('providers');
  try {
    const making = askWorker<Made>(worker, { workspace, provider: 'shop', beside: { port: port2, stopped } }, [port2]);
    port1.postMessage({ kind: 'linted', warnings: [] } satisfies BesideMessage);
    port1.postMessage({ kind: 'part', part: undefined } satisfies BesideMessage);
    expect((await making).changed).toContain('generated/shop/src/types.ts');
  } finally {
    port1.close();
    await endWorker(worker);
  }
});

it('a document without enough memory is rejected with its file', async () => {
  const properties = Object.fromEntries(Array.from({ length: 40_000 }, (_, i) => [`p${i}`, { type: 'integer' }]));
  await made.write('specs/shop/openapi.json', documentOf({ type: 'object', properties }, SMALL));
  const staging = await mkdtemp(join(tmpdir(), 'countersign-staging-'));
  const large = openLarge();
  try {
    const error = await large.make(workspace, 'shop', staging, 40).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).diagnostics).toMatchObject([
      {
        code: 'document-memory',
        message: 'Generating from this document needs more than 40 MB of memory.',
        at: { file: expect.stringMatching(/specs\/shop\/openapi\.json$/), line: 1, column: 1 },
      },
    ]);
  } finally {
    await large.close();
    await rm(staging, { recursive: true });
  }
});
