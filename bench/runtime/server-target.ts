/** One side of the comparison in its own process: `generated` or `handwritten`. Sends its URL, and on demand its cost. */
import { createServer } from '@countersign/runtime/server';
import { z } from 'zod';
import { api, operations } from '../../generated/moonpacket/src/operations.ts';
import { signers } from '../../generated/moonpacket/src/plugins.ts';
import type { MoonpacketHandlers } from '../../generated/moonpacket/src/server.ts';
import { listen } from '../../runtime/server/node.ts';
import { credentials, users } from './server-data.ts';
import { createHandwritten } from './server-handwritten.ts';

const attributes = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** The same zod on both sides, so that the servers are compared and not two ways to write a schema. */
const validators = {
  getUserAttributes: {
    query: z.object({ user_id: z.string().min(1) }),
    responses: { '200': { 'application/json': z.object({ data: attributes }) } },
  },
};

function createGenerated() {
  return createServer<MoonpacketHandlers, unknown, typeof api>(
    { api, operations, validators, signers },
    {
      security: { moonpacketSignature: credentials },
      handlers: {
        getUserAttributes: ({ query }) => {
          const data = users.get(query.user_id);
          return data ? { data } : { error: { code: 404, message: 'User not found' } };
        },
      },
    },
  );
}

const { url } = await listen(process.argv[2] === 'generated' ? createGenerated() : createHandwritten());
process.send?.(url);
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.(user + system);
});
