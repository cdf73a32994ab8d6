/** One side of the comparison in its own process. Sends its URL, and on demand its cost. */
import { createMoonpacketServer } from '../../generated/moonpacket/src/server.ts';
import { listen } from '../../runtime/server/node.ts';
import { listenBare } from './server-bare.ts';
import { credentials, users } from './server-data.ts';
import { listenFastify } from './server-fastify.ts';
import { createHandwritten } from './server-handwritten.ts';

function createGenerated() {
  return createMoonpacketServer({
    security: { moonpacketSignature: credentials },
    handlers: {
      getUserAttributes: ({ query }) => {
        const data = users.get(query.user_id);
        return data ? { data } : { error: { code: 404, message: 'User not found' } };
      },
    },
  });
}

const SIDES: { readonly [side: string]: () => Promise<string> } = {
  generated: async () => (await listen(createGenerated())).url,
  handwritten: async () => (await listen(createHandwritten())).url,
  fastify: listenFastify,
  bare: listenBare,
};

process.send?.(await SIDES[process.argv[2] ?? '']?.());
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.(user + system);
});
