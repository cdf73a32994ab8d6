import { expect } from 'vitest';
import { callAll, documentOf, handlers, mocked, want } from './everything.ts';
import { testRows } from './table.ts';

testRows([
  {
    section: 'openapi-specification',
    name: 'every field of OpenAPI 3.2 in one document',
    document: documentOf({ type: 'string' }),
    use: `const { data: rows } = await client.rows();
if (rows) for await (const row of rows) row.title satisfies string;
const { data: events } = await client.events();
if (events) for await (const { data } of events) data.title satisfies string;
const { data: parts } = await client.parts();
if (parts) for await (const part of parts) part.title satisfies string;
const { data: pair } = await client.pair();
pair?.[0].title satisfies string | undefined;
await client.search({ body: { title: 'Emma' } });
await client.copy();
await client.find({ query: { n: 1 }, cookies: { color: 'blue' } });
await client.file({ path: { path: 'a' }, query: { q: '/' } });
await client.sendParts({ body: [{ title: 'Emma' }] });
await client.sendPair({ body: [{ title: 'Emma' }, 'new'] });
createHostileClient({ server: 'sandbox' });
// @ts-expect-error no server has this name
createHostileClient({ server: 'staging' });
const { data: note } = await client.xml();
return note?.id satisfies number | undefined;`,
    server: { security: { oauth: ['a-token'] } },
    handlers,
    call: callAll,
    want,
    mocked,
    after: documentOf(
      { type: 'integer' },
      {
        servers: [
          { url: 'https://provider.example', name: 'production' },
          { url: 'https://test.provider.example', name: 'test' },
        ],
      },
    ),
    diff: expect.arrayContaining([
      'major: The server `sandbox` was removed',
      'minor: The server `test` is new',
      'major: response 200: `title` was string and is integer',
      'major: response 200: `data.title` was string and is integer',
    ]) as never,
  },
]);
