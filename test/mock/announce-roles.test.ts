import { readFileSync } from 'node:fs';
import { createGateway, noShelf } from '@countersign/runtime/mock';
import pc from 'picocolors';
import { expect, test } from 'vitest';
import { announceRoles } from '../../scripts/commands/mock/announce-roles.ts';
import { providerOf } from './provider-of.ts';

const Pet = { type: 'object', required: ['id'], properties: { id: { type: 'integer' }, name: { type: 'string' } } };
const answer = (schema: object) => ({ description: 'ok', content: { 'application/json': { schema } } });
const operation = (operationId: string, schema: object = { type: 'object' }) => ({
  operationId,
  responses: { 200: answer(schema), 404: { description: 'no' } },
});

test('docs/mock.md shows the output of the mock for a pet store', async () => {
  const parameters = [{ name: 'petId', in: 'path', required: true, schema: { type: 'integer' } }];
  const provider = await providerOf(
    {
      openapi: '3.1.0',
      info: { title: 'Pets', version: '1' },
      servers: [{ url: 'http://127.0.0.1:9' }],
      paths: {
        '/pets': {
          post: { ...operation('createPet', Pet), requestBody: { content: { 'application/json': { schema: Pet } } } },
          get: operation('listPets', { type: 'array', items: Pet }),
        },
        '/pets/{petId}': { parameters, get: operation('getPet', Pet), delete: operation('deletePet') },
        '/health': { get: operation('health') },
        '/version': { get: operation('version') },
        '/pets/{petId}/photo': { parameters, post: operation('uploadPhoto') },
      },
    },
    'petstore',
  );
  const gateway = createGateway({
    providers: [{ name: 'petstore', load: async () => provider }],
    shelf: noShelf,
  });
  const lines: string[] = [];
  await announceRoles(gateway, {
    out: (line) => void lines.push(line),
    err: () => {},
    progress: () => {},
    step: () => {},
    interactive: false,
    colors: pc.createColors(false),
  });
  const page = readFileSync(new URL('../../docs/mock.md', import.meta.url), 'utf8');
  const [, shown] = /^```\n(petstore keeps state[\s\S]*?)\n```$/m.exec(page) ?? [];
  expect(lines.join('\n')).toBe(shown);
});
