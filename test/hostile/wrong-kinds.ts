import fc from 'fast-check';
import { expect } from 'vitest';
import { InputError } from '../../scripts/common/diagnostics/diagnostic.ts';
import { escapeToken } from '../../scripts/common/document/pointer.ts';
import { acceptDocument, makeFiles, type Outcome } from './pipeline.ts';
import type { Document } from './sink.ts';

/** A valid document with one object of each kind. */
export function validDocument(): Document {
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

export type Profile = 'strict' | 'essential';

/** Generates what is possible. Any exception except an InputError fails the test. */
export async function outcomeOf(file: string, document: Document, profile: Profile): Promise<Outcome> {
  try {
    const outcome = await acceptDocument(file, document, profile);
    if (outcome.kind === 'accepted') await makeFiles(outcome.api);
    return outcome;
  } catch (error) {
    if (error instanceof InputError) return { kind: 'refused', diagnostics: error.diagnostics };
    throw error;
  }
}

export const codesOf = (outcome: Outcome): readonly string[] =>
  outcome.kind === 'accepted'
    ? []
    : outcome.diagnostics
        .filter(({ severity }) => severity === 'error')
        .map(({ code, pointer }) => `${code} ${pointer}`);

/** The valid document with a different value at one place. */
export const change = (pointer: string, value: unknown): Document => {
  const document = validDocument();
  const node = nodesOf(document).find((found) => found.pointer === pointer);
  if (node === undefined) throw new Error(`The document has no ${pointer}.`);
  node.parent[node.key] = value;
  return document;
};

/**
 * Puts invalid values and wrong references in every possible place: the document is generated, or rejected with a
 * place. A finding becomes a row of `FOUND`.
 */
export async function expectMadeOrRefused(file: string, profile: Profile, numRuns: number): Promise<void> {
  const pointers = ['', ...nodesOf(validDocument()).map(({ pointer }) => pointer), '/components/schemas/Nope'];
  const junk = fc.oneof(
    fc.constantFrom<unknown>(
      ...[null, true, 5, -1.5, '', 'x', '__proto__', 'constructor', [], {}, [null], [[]], ['a', 'a'], { a: null }],
    ),
    fc.constantFrom(...pointers).map((pointer) => ({ $ref: `#${pointer}` })),
  );
  const changes = fc.array(fc.record({ at: fc.nat(), junk }), { minLength: 1, maxLength: 2 });
  await fc.assert(
    fc.asyncProperty(changes, async (list) => {
      const document = validDocument();
      for (const { at, junk: value } of list) {
        const nodes = nodesOf(document);
        const { parent, key } = nodes[at % nodes.length] as Node;
        parent[key] = structuredClone(value);
      }
      const outcome = await outcomeOf(file, document, profile);
      if (outcome.kind === 'refused') for (const { at } of outcome.diagnostics) expect(at.line).toBeGreaterThan(0);
    }),
    { numRuns },
  );
}
