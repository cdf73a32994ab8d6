import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const repository = join(import.meta.dirname, '../..');

const ORDER = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'integer' }, note: { type: 'string' } },
};

/** The parts of the document that tests change. */
export type Shop = {
  /** The schema of an order in the list. */
  readonly order: object;
  readonly description?: string;
  /** More fields of the only operation. */
  readonly operation?: object;
  readonly components?: object;
};

/** A small document, without errors and warnings by default. */
export const shopDocument = ({ order, description = 'A shop.', operation, components }: Shop): string =>
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
            200: {
              description: 'Orders.',
              content: { 'application/json': { schema: { type: 'array', items: order }, example: [] } },
            },
          },
          ...operation,
        },
      },
    },
    components,
  });

const SPEC = shopDocument({
  order: { $ref: '#/components/schemas/Order' },
  components: { schemas: { Order: ORDER } },
});

export type EmitterWorkspace = {
  readonly root: string;
  readonly write: (path: string, text: string) => Promise<void>;
  readonly remove: () => Promise<void>;
};

/** A workspace with the provider `shop` and the given files. */
export async function makeWorkspace(files: { readonly [path: string]: string } = {}): Promise<EmitterWorkspace> {
  const root = await mkdtemp(join(tmpdir(), 'countersign-emitters-'));
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  };
  await write('package.json', '{ "type": "module", "private": true }');
  await write('specs/shop/openapi.json', SPEC);
  for (const [path, text] of Object.entries(files)) await write(path, text);
  // Contains the packages of the repository and those that a test adds.
  await mkdir(join(root, 'node_modules'));
  for (const name of ['zod', 'hono', '@countersign'])
    await symlink(join(repository, 'node_modules', name), join(root, 'node_modules', name));
  // The test runner resolves modules in its own way, without the additions of our loader.
  await symlink(repository, join(root, 'node_modules/countersign'));
  return { root, write, remove: () => rm(root, { recursive: true }) };
}

/** The source of an emitter in a configuration. */
export const configOf = (emitters: string, more = ''): string => `import { defineConfig } from 'countersign';
import { defineEmitter } from 'countersign/emitter';
import { z } from 'zod';

const make = (name: string, more: object = {}) => ({ name, api: 1 as const, emit: () => [], ...more });
const file = (path: unknown, text: unknown = '') => make('mine', { emit: () => [{ path, text }] });
void [defineEmitter, z, file];

export default defineConfig({
  emitters: [${emitters}],${more}
});
`;
