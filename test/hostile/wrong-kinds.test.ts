import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { InputError } from '../../scripts/common/diagnostics/diagnostic.ts';
import { escapeToken } from '../../scripts/common/document/pointer.ts';
import { acceptDocument, makeFiles, type Outcome } from './pipeline.ts';
import type { Document } from './sink.ts';

const folder = mkdtempSync(join(tmpdir(), 'countersign-kinds-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A little of everything, and valid. */
function validDocument(): Document {
  const text = { type: 'string' };
  const json = (schema: object, value: unknown = 'x') => ({
    'application/json': { schema, examples: { e: { value } } },
  });
  const fine = { description: 'Fine.' };
  const wrong = { description: 'Wrong.' };
  const webhook = { operationId: 'told', summary: 'Told', responses: { 200: fine, 400: wrong } };
  return {
    openapi: '3.1.1',
    info: { title: 'T', version: '1', license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: 'https://{host}.demo.test', variables: { host: { default: 'a', enum: ['a'] } } }],
    tags: [{ name: 't', description: 'T' }],
    security: [{ key: [] }],
    paths: {
      '/a/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
        post: {
          operationId: 'doIt',
          summary: 'Do it',
          tags: ['t'],
          parameters: [{ $ref: '#/components/parameters/Q' }, { name: 'h', in: 'header', schema: text }],
          requestBody: { required: true, content: json({ $ref: '#/components/schemas/S' }, { a: 'x' }) },
          responses: {
            200: {
              ...fine,
              headers: { H: { schema: text } },
              links: { l: { operationId: 'doIt' } },
              content: json(text),
            },
            400: { $ref: '#/components/responses/Wrong' },
          },
          callbacks: { done: { '{$request.body#/a}': { post: { ...webhook, operationId: 'done' } } } },
        },
      },
    },
    webhooks: { told: { post: webhook } },
    components: {
      schemas: {
        S: {
          type: 'object',
          required: ['a'],
          properties: {
            a: { ...text, enum: ['x', 'y'] },
            b: { type: 'array', items: { $ref: '#/components/schemas/S' } },
            c: { oneOf: [text, { type: 'integer', minimum: 1 }] },
          },
          additionalProperties: text,
        },
      },
      parameters: { Q: { name: 'q', in: 'query', schema: text, example: 'x' } },
      responses: { Wrong: { ...wrong, content: json({ $ref: '#/components/schemas/S' }, { a: 'y' }) } },
      securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
    },
  };
}

type Node = { readonly parent: Document; readonly key: string; readonly pointer: string };

function nodesOf(parent: Document, pointer = ''): Node[] {
  return Object.entries(parent).flatMap(([key, value]) => {
    const node = { parent, key, pointer: `${pointer}/${escapeToken(key)}` };
    return typeof value === 'object' && value !== null ? [node, ...nodesOf(value, node.pointer)] : [node];
  });
}

/** Makes what can be made; anything thrown but an InputError fails the test. */
async function outcomeOf(document: Document, profile: 'strict' | 'essential'): Promise<Outcome> {
  try {
    const outcome = await acceptDocument(join(folder, 'openapi.json'), document, profile);
    if (outcome.kind === 'accepted') makeFiles(outcome.api);
    return outcome;
  } catch (error) {
    if (error instanceof InputError) return { kind: 'refused', diagnostics: error.diagnostics };
    throw error;
  }
}

const codesOf = (outcome: Outcome): readonly string[] =>
  outcome.kind === 'accepted'
    ? []
    : outcome.diagnostics
        .filter(({ severity }) => severity === 'error')
        .map(({ code, pointer }) => `${code} ${pointer}`);

const change = (pointer: string, value: unknown): Document => {
  const document = validDocument();
  const node = nodesOf(document).find((found) => found.pointer === pointer);
  if (node === undefined) throw new Error(`The document has no ${pointer}.`);
  node.parent[node.key] = value;
  return document;
};

describe.each(['strict', 'essential'] as const)('%s', (profile) => {
  test('the document is valid', async () => {
    expect(codesOf(await outcomeOf(validDocument(), profile))).toEqual([]);
  });

  test('a schema may be true or false, which Redocly does not know', async () => {
    const codes = codesOf(await outcomeOf(change('/components/schemas/S/properties/c', false), profile));
    const component = codesOf(await outcomeOf(change('/components/parameters/Q/schema', true), profile));
    expect([...codes, ...component]).toEqual(profile === 'strict' ? ['struct /components/parameters/Q/schema'] : []);
  });

  const post = '/paths/~1a~1{id}/post';
  test.each<[pointer: string, value: unknown]>([
    ['/info', null],
    ['/servers/0', null],
    ['/tags/0', null],
    ['/paths', null],
    ['/paths/~1a~1{id}', null],
    [post, null],
    [`${post}/requestBody`, 'none'],
    [`${post}/requestBody/content/application~1json/schema`, 'string'],
    [`${post}/responses/200`, 5],
    [`${post}/parameters`, 'q'],
    [`${post}/parameters/1`, true],
    [`${post}/parameters/1/in`, 'constructor'],
    [`${post}/parameters/1/name`, 5],
    [`${post}/parameters/1/schema`, null],
    [`${post}/summary`, {}],
    ['/components/schemas', []],
  ])('%s as %j is refused there', async (pointer, value) => {
    const codes = codesOf(await outcomeOf(change(pointer, value), profile));
    expect(codes).toContain(`struct ${pointer}`);
  });

  test('whatever stands wherever, the document is made or refused with a place', { timeout: 60_000 }, async () => {
    const junk = fc.constantFrom<unknown>(
      ...[null, true, 5, -1.5, '', 'x', '__proto__', 'constructor', [], {}, [null], [[]], ['a', 'a'], { a: null }],
      ...['#', '#/paths', '#/components', '#/components/schemas', '#/components/schemas/Nope'].map(($ref) => ({
        $ref,
      })),
    );
    const change = fc.record({ at: fc.nat(), junk });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 2 }), async (changes) => {
        const document = validDocument();
        for (const { at, junk: value } of changes) {
          const nodes = nodesOf(document);
          const { parent, key } = nodes[at % nodes.length] as Node;
          parent[key] = structuredClone(value);
        }
        const outcome = await outcomeOf(document, profile);
        if (outcome.kind === 'refused') for (const { at } of outcome.diagnostics) expect(at.line).toBeGreaterThan(0);
      }),
      { numRuns: profile === 'strict' ? 300 : 1_000 },
    );
  });
});
