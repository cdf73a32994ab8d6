/** One side of the comparison, in its own process: `node server-target.ts generated|handwritten`. Prints its URL. */
import { createServer } from '@countersign/runtime/server';
import { z } from 'zod';
import { api, operations } from '../../generated/moonpacket/src/operations.ts';
import { signers } from '../../generated/moonpacket/src/plugins.ts';
import { listen } from '../../runtime/server/node.ts';
import { credentials, users } from './server-data.ts';
import { createHandwritten } from './server-handwritten.ts';

const attributes = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const validators = {
  getUserAttributes: {
    query: z.object({ user_id: z.string().min(1) }),
    responses: { '200': { 'application/json': z.object({ data: attributes }) } },
  },
};

const generated = () =>
  createServer<any, unknown, typeof api>(
    { api, operations, validators, signers },
    {
      security: { moonpacketSignature: credentials },
      handlers: {
        getUserAttributes: ({ query }: any) => {
          const user = users.get(query.user_id);
          return user ? { data: user } : { error: { code: 404, message: 'user not found' } };
        },
      },
    },
  );

const target = process.argv[2] === 'generated' ? generated() : createHandwritten();
const { url } = await listen(target as never);
console.log(url);
