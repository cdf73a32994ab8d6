/** A receiver in a separate process, with the database at the URL. Prints its port, and a line for each handler call. */
import { setTimeout } from 'node:timers/promises';
import { createServer } from '@countersign/runtime/server';
import { listen } from '@countersign/runtime/server/node';
import { createDeliveryStore, openStore } from '@countersign/runtime/store';
import { api, operation } from '../runtime/server/support.ts';

const [url = '', mode = ''] = process.argv.slice(2);
const { db } = await openStore({ url });
const event = operation({
  id: 'event',
  method: 'POST',
  path: '/event',
  delivery: { carrier: { in: 'header', name: 'x-delivery' } },
});
const server = createServer(
  { api: api(), operations: { event }, validators: {}, signers: {} },
  {
    handlers: {
      event: async () => {
        process.stdout.write('run\n');
        if (mode === 'dies') process.exit(1);
        await setTimeout(300);
        return { data: { by: process.pid } };
      },
    },
    environment: {},
    logger: {},
    deliveryStore: createDeliveryStore(db, { lease: mode === 'dies' ? 1 : 60 }),
  },
);
process.stdout.write(`${(await listen(server)).url}\n`);
