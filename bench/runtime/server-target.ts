/** One side of the comparison in its own process. It sends its URL and, on request, its processor time. */
import { api, operations } from '../../generated/moonpacket/src/operations.ts';
import { createMoonpacketServer, type MoonpacketHandlers } from '../../generated/moonpacket/src/server.ts';
import { byOperation as validators } from '../../generated/moonpacket/src/validators.ts';
import type { RecipeDescriptor } from '../../runtime/contract/index.ts';
import { createServer } from '../../runtime/server/index.ts';
import { listen } from '../../runtime/server/node.ts';
import { listenBare } from './server-bare.ts';
import { credentials, users } from './server-data.ts';
import { listenFastify } from './server-fastify.ts';
import { createHandwritten } from './server-handwritten.ts';
import { createPost } from './server-post.ts';
import { listenBarePost, listenFastifyPost } from './server-post-by-hand.ts';

const handlers: Partial<MoonpacketHandlers> = {
  getUserAttributes: ({ query }) => {
    const data = users.get(query.user_id);
    return data ? { data } : { error: { code: 404, message: 'User not found' } };
  },
};

const createGenerated = () => createMoonpacketServer({ security: { moonpacketSignature: credentials }, handlers });

/** The scheme of moonpacket's signer as a recipe, for queries without repeated names. */
const recipe: RecipeDescriptor = {
  algorithm: { kind: 'hmac', hash: 'sha256' },
  message: [
    { kind: 'text', text: '{' },
    {
      kind: 'pairs',
      from: ['query'],
      own: false,
      sort: 'none',
      escaping: 'none',
      nested: 'raw',
      empty: 'keep',
      each: { texts: ['"', '":"', '"'], order: ['name', 'value'] },
      join: ',',
    },
    { kind: 'text', text: '}' },
    { kind: 'request', value: 'timestamp' },
    { kind: 'request', value: 'nonce' },
  ],
  key: { steps: [{ kind: 'credential', name: 'secret', form: 'utf8' }], derive: [] },
  output: 'hex',
  computed: [],
  basePath: '',
};

/** The same server with a recipe instead of the signer. */
function createWithRecipe() {
  const { moonpacketSignature: scheme } = api.securitySchemes;
  const described = { ...api, securitySchemes: { moonpacketSignature: { ...scheme, recipe } } };
  return createServer<Partial<MoonpacketHandlers>, unknown, typeof described>(
    { api: described, operations, validators, signers: {} },
    { security: { moonpacketSignature: credentials }, handlers },
  );
}

const SIDES: { readonly [side: string]: () => Promise<string> } = {
  generated: async () => (await listen(createGenerated())).url,
  recipe: async () => (await listen(createWithRecipe())).url,
  handwritten: async () => (await listen(createHandwritten())).url,
  fastify: listenFastify,
  bare: listenBare,
  'POST generated': async () => (await listen(createPost('signer'))).url,
  'POST recipe': async () => (await listen(createPost('recipe'))).url,
  'POST fastify': listenFastifyPost,
  'POST bare': listenBarePost,
};

process.send?.(await SIDES[process.argv[2] ?? '']?.());
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.(user + system);
});
