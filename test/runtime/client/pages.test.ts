import { afterEach, describe, expect, test } from 'vitest';
import {
  type BatchedCall,
  BatchesStoppedError,
  batching,
  createClient,
  type PagedCall,
  paging,
} from '../../../runtime/client/index.ts';
import type { PageDescriptor } from '../../../runtime/contract/index.ts';
import { api, noWait, operation } from './fixtures.ts';
import { json, serve, type TestServer } from './serve.ts';

let server: TestServer;
afterEach(() => server.close());

type Mail = { readonly id: number };
type Query = {
  readonly query?: { readonly after?: number; readonly limit?: number; readonly min?: number; readonly max?: number };
};

const paged = (page: PageDescriptor) =>
  createClient<{ op: PagedCall<Query, { rows: Mail[] }, unknown, Mail> }>(
    { api, operations: { op: operation({ page }) }, features: [paging] },
    { baseUrl: server.url, environment: {}, clock: noWait().clock },
  );

const all = async <T>(rows: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = [];
  for await (const row of rows) found.push(row);
  return found;
};

const targets = () => server.received.map(({ target }) => target);

describe('by cursor', () => {
  const page: PageDescriptor = { kind: 'cursor', items: '/rows', cursor: 'after', from: '/id', limit: 'limit' };
  /** Mails count down from `count` to 1. */
  const mailbox = (count: number) =>
    serve(({ query }, answer) => {
      const after = Number(query.get('after') ?? count + 1);
      const limit = Number(query.get('limit') ?? 10);
      const rows = Array.from({ length: count }, (_, i) => ({ id: count - i })).filter(({ id }) => id < after);
      json(answer, { rows: rows.slice(0, limit) });
    });

  test.each<[number, Query, number, string[]]>([
    [25, {}, 25, ['/op', '/op?after=16', '/op?after=6', '/op?after=1']],
    [5, { query: { limit: 2 } }, 5, ['/op?limit=2', '/op?limit=2&after=4', '/op?limit=2&after=2']],
    [4, { query: { limit: 2 } }, 4, ['/op?limit=2', '/op?limit=2&after=3', '/op?limit=2&after=1']],
    [0, {}, 0, ['/op']],
    [9, { query: { after: 4 } }, 3, ['/op?after=4', '/op?after=1']],
  ])('%i mails, %j: %i rows', async (count, input, rows, want) => {
    server = await mailbox(count);
    const found = await all(paged(page).op.each(input));
    expect(found.map(({ id }) => id)).toEqual(Array.from({ length: rows }, (_, i) => (found[0]?.id ?? 0) - i));
    expect(targets()).toEqual(want);
  });

  test('requests no page that is not needed', async () => {
    server = await mailbox(100);
    for await (const { id } of paged(page).op.each()) if (id === 95) break;
    expect(targets()).toEqual(['/op']);
  });

  test('yields pages with their data', async () => {
    server = await mailbox(3);
    const [first] = await all(paged(page).op.pages({ query: { limit: 2 } }));
    expect(first).toEqual({ data: { rows: [{ id: 3 }, { id: 2 }] }, rows: [{ id: 3 }, { id: 2 }] });
  });

  test('ends with an error if a provider repeats its cursor', async () => {
    server = await serve((_, answer) => json(answer, { rows: [{ id: '7' }] }));
    const reading = all(paged(page).op.each());
    await expect(reading).rejects.toMatchObject({ kind: 'validation', of: 'response' });
    expect(server.received.length).toBe(2);
  });

  test('throws an error at the page where it occurs', async () => {
    server = await serve(({ query }, answer) =>
      query.has('after') ? json(answer, {}, 404) : json(answer, { rows: [{ id: 3 }] }),
    );
    const found: unknown[] = [];
    const reading = (async () => {
      for await (const row of paged(page).op.each()) found.push(row);
    })();
    await expect(reading).rejects.toMatchObject({ kind: 'api', code: 404 });
    expect(found).toEqual([{ id: 3 }]);
  });
});

describe('by offset and limit', () => {
  const page: PageDescriptor = { kind: 'window', items: '/rows', min: 'min', max: 'max', size: 10 };
  const board = (count: number) =>
    serve(({ query }, answer) => {
      const [min, max] = [Number(query.get('min')), Number(query.get('max'))];
      const rows = Array.from({ length: count }, (_, i) => ({ id: i + 1 })).filter(({ id }) => id >= min && id <= max);
      json(answer, { rows });
    });

  test.each<[number, Query, number[], string[]]>([
    [25, {}, [1, 25], ['/op?min=1&max=10', '/op?min=11&max=20', '/op?min=21&max=30']],
    [20, {}, [1, 20], ['/op?min=1&max=10', '/op?min=11&max=20', '/op?min=21&max=30']],
    [99, { query: { min: 5, max: 16 } }, [5, 16], ['/op?min=5&max=14', '/op?min=15&max=16']],
    [0, {}, [], ['/op?min=1&max=10']],
  ])('%i ranks, %j', async (count, input, ends, want) => {
    server = await board(count);
    const found = (await all(paged(page).op.each(input))).map(({ id }) => id);
    expect(found.length ? [found[0], found.at(-1)] : []).toEqual(ends);
    expect(targets()).toEqual(want);
  });
});

describe('batches', () => {
  type Push = { readonly body: { readonly game: number; readonly data: readonly number[] } };
  const client = () =>
    createClient<{ push: BatchedCall<Push, { ok: number }, unknown, number> }>(
      {
        api,
        operations: {
          push: operation({
            id: 'push',
            method: 'POST',
            body: { required: true, content: ['application/json'] },
            batch: { items: '/data', max: 100 },
          }),
        },
        features: [batching],
      },
      { baseUrl: server.url, environment: {}, clock: noWait().clock, retry: { attempts: 2 } },
    );

  const rows = (count: number) => Array.from({ length: count }, (_, i) => i);
  const sizes = () => server.received.map(({ body }) => JSON.parse(body).data.length);

  test.each([
    [0, []],
    [1, [1]],
    [100, [100]],
    [101, [100, 1]],
    [2_000, Array.from({ length: 20 }, () => 100)],
  ])('%i rows', async (count, want) => {
    server = await serve((_, answer) => json(answer, { ok: 1 }));
    const { batches, sent, failed } = await client().push.batches({ rows: rows(count), input: { body: { game: 5 } } });
    expect([...sizes()].sort((a, b) => b - a)).toEqual(want);
    expect([sent, failed, batches.length]).toEqual([count, 0, want.length]);
    expect(server.received.every(({ body }) => JSON.parse(body).game === 5)).toBe(true);
    const arrived = server.received.flatMap(({ body }) => JSON.parse(body).data as number[]);
    expect(arrived.sort((a, b) => a - b)).toEqual(rows(count));
  });

  test('sends no more batches at the same time than allowed', async () => {
    let now = 0;
    let most = 0;
    server = await serve((_, answer) => {
      most = Math.max(most, ++now);
      setTimeout(() => {
        now--;
        json(answer, { ok: 1 });
      }, 10);
    });
    await client().push.batches({ rows: rows(1_000), concurrency: 3 });
    expect(most).toBe(3);
  });

  test('reports each batch, and continues after one that failed', async () => {
    server = await serve(({ body }, answer) =>
      JSON.parse(body).data.includes(150) ? json(answer, { error: 'row 50' }, 422) : json(answer, { ok: 1 }),
    );
    const seen: number[] = [];
    const report = await client().push.batches({ rows: rows(250), onBatch: ({ index }) => void seen.push(index) });
    expect(report).toMatchObject({
      sent: 150,
      failed: 100,
      batches: [
        { index: 0, first: 0, rows: 100, attempts: 1, data: { ok: 1 } },
        { index: 1, first: 100, rows: 100, attempts: 1, error: { code: 422 } },
        { index: 2, first: 200, rows: 50, attempts: 1, data: { ok: 1 } },
      ],
    });
    expect(seen.sort()).toEqual([0, 1, 2]);
  });

  test('reads rows no further ahead than it sends', async () => {
    let read = 0;
    async function* endless() {
      for (;;) yield read++;
    }
    server = await serve((_, answer) => json(answer, { ok: 1 }));
    const sending = client().push.batches({
      rows: endless(),
      concurrency: 2,
      onBatch: ({ index }) => {
        if (index === 3) throw new Error('enough');
      },
    });
    await expect(sending).rejects.toThrow('enough');
    expect(read).toBeLessThan(2_000);
  });

  test.each(['rows', 'onBatch'])(
    'an error thrown by %s stops further batches and reports those that completed',
    async (who) => {
      let closed = false;
      const source = function* () {
        try {
          for (const i of rows(who === 'rows' ? 250 : 5_000)) yield i;
          throw new Error('broken');
        } finally {
          closed = true;
        }
      };
      server = await serve((_, answer) => void setTimeout(() => json(answer, { ok: 1 }), 20));
      const onBatch = () => {
        if (who === 'onBatch') throw new Error('broken');
      };
      const sending = client().push.batches({ rows: source(), concurrency: 3, onBatch });
      const stopped = await sending.catch((error: unknown) => error);
      const count = who === 'rows' ? 2 : 3;
      const batches = Array.from({ length: count }, (_, index) => expect.objectContaining({ index, rows: 100 }));
      expect(stopped).toBeInstanceOf(BatchesStoppedError);
      expect(stopped).toMatchObject({ cause: new Error('broken'), report: { batches, sent: count * 100, failed: 0 } });
      expect([closed, server.received.length]).toEqual([true, count]);
    },
  );
});
