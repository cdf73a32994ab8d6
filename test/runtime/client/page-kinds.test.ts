import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { createClient, type PagedCall, type PageOptions, paging } from '../../../runtime/client/index.ts';
import { linkOf } from '../../../runtime/client/link-header.ts';
import type { OperationDescriptor, PageDescriptor } from '../../../runtime/contract/index.ts';
import { api, noWait, operation } from './fixtures.ts';
import { json, type Received, serve, type TestServer } from './serve.ts';

let server: TestServer;
afterEach(() => server?.close());

type Input = { readonly query?: object; readonly body?: object; readonly headers?: object };

const clientOf = (page: PageDescriptor, more: Partial<OperationDescriptor> = {}) =>
  createClient<{ op: PagedCall<Input, unknown, unknown, number> }>(
    { api, operations: { op: operation({ page, ...more }) }, features: [paging] },
    { baseUrl: server.url, environment: {}, clock: noWait().clock },
  ).op;

async function all(page: PageDescriptor, input: Input = {}, options: PageOptions = {}) {
  const found: unknown[] = [];
  const more: Partial<OperationDescriptor> =
    input.body === undefined ? {} : { method: 'POST', body: { required: true, content: ['application/json'] } };
  for await (const row of clientOf(page, more).rows(input, options)) found.push(row);
  return found;
}

const ROWS = Array.from({ length: 7 }, (_, index) => index + 1);
const cut = (from: number, size = 3) => ROWS.slice(from, from + size);
const number = (text: unknown, otherwise: number) => (text === null || text === undefined ? otherwise : Number(text));

/** The responses of each API with seven rows, three on each page. The formats are those of their documents. */
const APIS: { readonly [name: string]: (request: Received, url: string) => { body: unknown; headers?: object } } = {
  stripe: ({ query }) => {
    const at = number(query.get('starting_after'), 0);
    return { body: { object: 'list', data: cut(at).map((id) => ({ id })), has_more: at + 3 < 7 } };
  },
  slack: ({ query }) => {
    const at = Number.parseInt(query.get('cursor')?.replace('c', '') ?? '0', 10);
    const next_cursor = at < 6 ? `c${at + 3}=` : '';
    return { body: { ok: true, channels: cut(at), response_metadata: { next_cursor } } };
  },
  notion: ({ body }) => {
    const at = number((JSON.parse(body) as { start_cursor?: string }).start_cursor, 0);
    return { body: { results: cut(at), next_cursor: at < 6 ? `${at + 3}` : null, has_more: at < 6 } };
  },
  google: ({ query }) => {
    const at = number(query.get('pageToken'), 0);
    return { body: { files: cut(at), ...(at < 6 && { nextPageToken: `${at + 3}` }) } };
  },
  github: ({ query }, url) => {
    const page = number(query.get('page'), 1);
    const link = (to: number, rel: string) => `<${url}/repositories/1/issues?per_page=3&page=${to}>; rel="${rel}"`;
    const links = [link(1, 'first'), ...(page < 3 ? [link(page + 1, 'next'), link(3, 'last')] : [])];
    return { body: cut((page - 1) * 3), headers: { link: links.join(', ') } };
  },
  gitlab: ({ query }) => {
    const page = number(query.get('page'), 1);
    return { body: cut((page - 1) * 3), headers: { 'x-next-page': page < 3 ? `${page + 1}` : '' } };
  },
  jira: ({ query }) => ({ body: { issues: cut(number(query.get('startAt'), 0)), total: 7, maxResults: 3 } }),
  graph: ({ query }, url) => {
    const at = number(query.get('$skiptoken'), 0);
    return { body: { value: cut(at), ...(at < 6 && { '@odata.nextLink': `${url}/v1.0/op?$skiptoken=${at + 3}` }) } };
  },
  twilio: ({ query }) => {
    const at = number(query.get('Page'), 0);
    return { body: { messages: cut(at * 3), next_page_uri: at < 2 ? `/op?PageSize=3&Page=${at + 1}` : null } };
  },
  spring: ({ query }) => {
    const at = number(query.get('page'), 0);
    return { body: { content: cut(at * 3), last: at === 2 } };
  },
};

const text = readFileSync(new URL('../../../docs/paging.md', import.meta.url), 'utf8');
const written = [...text.matchAll(/(\w+): [^\n]*\n\n```yaml\n([\s\S]*?)^```$/gm)].map(
  ([, name = '', yaml = '']) =>
    [name.toLowerCase(), (parse(yaml) as { 'x-cs-page': PageDescriptor })['x-cs-page']] as const,
);

describe('the page formats of ten APIs, as in docs/paging.md', () => {
  test('every format has a test', () => expect(written.map(([name]) => name)).toEqual(Object.keys(APIS)));

  test.each(written)('%s: yields every row once, in three requests', async (name, page) => {
    server = await serve((request, answer) => {
      const { body, headers = {} } = APIS[name]?.(request, server.url) ?? { body: {} };
      for (const [key, value] of Object.entries(headers)) answer.setHeader(key, String(value));
      json(answer, body as object);
    });
    const rows = await all(page, name === 'notion' ? { body: {} } : {});
    expect(rows).toEqual(name === 'stripe' ? ROWS.map((id) => ({ id })) : ROWS);
    expect(server.received.length).toBe(3);
  });
});

type Answer = (request: Received, count: number) => { readonly body: object; readonly headers?: object };
const counted = async (answer: Answer) => {
  let count = 0;
  server = await serve((request, response) => {
    count += 1;
    const { body, headers = {} } = answer(request, count);
    for (const [key, value] of Object.entries(headers)) response.setHeader(key, String(value));
    json(response, body);
  });
};

describe('the end of the list', () => {
  const cursor = { kind: 'cursor', items: '/rows', cursor: 'after' } as const;
  test.each<[string, PageDescriptor, Input, Answer, string[]]>([
    [
      'an empty page with a cursor is not the last',
      { ...cursor, next: '/next' },
      {},
      (_, n) => ({ body: { rows: n === 2 ? [] : [n], next: n < 3 ? `c${n}` : null } }),
      ['/op', '/op?after=c1', '/op?after=c2'],
    ],
    [
      'a cursor in a header',
      { ...cursor, next: { header: 'X-Next' } },
      {},
      (_, n) => ({ body: { rows: [n] }, headers: n < 2 ? { 'x-next': 'b' } : {} }),
      ['/op', '/op?after=b'],
    ],
    [
      '`more` is false beside a cursor',
      { ...cursor, next: '/next', more: '/more' },
      {},
      (_, n) => ({ body: { rows: [n], next: 'x', more: false } }),
      ['/op'],
    ],
    [
      'an empty numbered page, where `more` is declared',
      { kind: 'number', items: '/rows', page: 'page', limit: 'size', more: '/more' },
      { query: { size: 2 } },
      (_, n) => ({ body: { rows: n === 2 ? [] : [n, n], more: n < 3 } }),
      ['/op?size=2', '/op?size=2&page=2', '/op?size=2&page=3'],
    ],
    [
      'an empty numbered page, where `done` is false',
      { kind: 'number', items: '/rows', page: 'page', done: '/done' },
      {},
      (_, n) => ({ body: { rows: n === 2 ? [] : [n], ...(n < 4 && { done: n === 3 }) } }),
      ['/op', '/op?page=2', '/op?page=3'],
    ],
    [
      'a null cursor in the last row',
      { ...cursor, from: '/id' },
      {},
      (_, n) => ({ body: { rows: [{ id: n < 2 ? n : null }] } }),
      ['/op', '/op?after=1'],
    ],
    [
      'a short page, where `more` is declared',
      { ...cursor, from: '/id', limit: 'limit', more: '/more' },
      { query: { limit: 5 } },
      (_, n) => ({ body: { rows: [{ id: n }], more: n < 2 } }),
      ['/op?limit=5', '/op?limit=5&after=1'],
    ],
    [
      'the total in a header',
      { kind: 'offset', items: '/rows', offset: 'skip', total: { header: 'X-Total' } },
      {},
      (_, n) => ({ body: { rows: [n, n] }, headers: { 'x-total': 4 } }),
      ['/op', '/op?skip=2'],
    ],
    [
      'an offset that counts from 1, from the middle',
      { kind: 'offset', items: '/rows', offset: 'start', first: 1, total: '/total' },
      { query: { start: 5 } },
      (_, n) => ({ body: { rows: [n, n], total: 7 } }),
      ['/op?start=5', '/op?start=7'],
    ],
    [
      'a page that the provider shortened does not end the list',
      { kind: 'offset', items: '/rows', offset: 'skip', limit: 'top', total: '/total' },
      { query: { top: 100 } },
      (_, n) => ({ body: { rows: [n, n], total: 4 } }),
      ['/op?top=100', '/op?top=100&skip=2'],
    ],
    [
      'an empty page at an offset, though `more` is true',
      { kind: 'offset', items: '/rows', offset: 'skip', total: '/total' },
      {},
      (_, n) => ({ body: { rows: n < 2 ? [n] : [], total: 9 } }),
      ['/op', '/op?skip=1'],
    ],
    [
      'the number of pages',
      { kind: 'number', items: '/rows', page: 'page', pages: '/pages' },
      { query: { page: 2 } },
      (_, n) => ({ body: { rows: [n], pages: 3 } }),
      ['/op?page=2', '/op?page=3'],
    ],
    [
      'a total, from a later page',
      { kind: 'number', items: '/rows', page: 'page', limit: 'size', total: '/total' },
      { query: { page: 2, size: 2 } },
      (_, n) => ({ body: { rows: n < 2 ? [n, n] : [n], total: 5 } }),
      ['/op?page=2&size=2', '/op?page=3&size=2'],
    ],
    [
      'a short numbered page',
      { kind: 'number', items: '/rows', page: 'page', limit: 'size' },
      { query: { size: 2 } },
      (_, n) => ({ body: { rows: n < 2 ? [n, n] : [n] } }),
      ['/op?size=2', '/op?size=2&page=2'],
    ],
    [
      '`done` as a string',
      { kind: 'url', items: '/rows', next: '/next', done: '/done' },
      {},
      (_, n) => ({ body: { rows: [n], next: `/op?n=${n}`, done: n < 2 ? 'false' : 'true' } }),
      ['/op', '/op?n=1'],
    ],
    [
      'a URL in a header',
      { kind: 'url', items: '/rows', next: { header: 'X-Next' } },
      { query: { a: 1 } },
      (_, n) => ({ body: { rows: [n] }, headers: n < 2 ? { 'x-next': '?b=%2F#part' } : {} }),
      ['/op?a=1', '/op?b=%2F'],
    ],
    [
      'another link relation type',
      { kind: 'link', items: '/rows', rel: 'prev' },
      {},
      (_, n) => ({ body: { rows: [n] }, headers: { link: `</op?z>; rel=next${n < 2 ? ', </op?p>; rel=prev' : ''}` } }),
      ['/op', '/op?p'],
    ],
    ['no rows at all', { kind: 'number', items: '/rows', page: 'page' }, {}, () => ({ body: {} }), ['/op']],
  ])('%s', async (_, page, input, answer, targets) => {
    await counted(answer);
    await all(page, input);
    expect(server.received.map(({ target }) => target)).toEqual(targets);
  });

  type Contradiction = [string, PageDescriptor, Input, Answer, targets: string[], message: string];
  test.each<Contradiction>([
    [
      'the same cursor again',
      { ...cursor, next: '/next' },
      {},
      (_, n) => ({ body: { rows: [n], next: 'x' } }),
      ['/op', '/op?after=x'],
      '/next: the response leads to a page that was already requested',
    ],
    [
      'two cursors that alternate, in a header',
      { ...cursor, next: { header: 'X-Next' } },
      {},
      (_, n) => ({ body: { rows: [n] }, headers: { 'x-next': n % 2 ? 'x' : 'y' } }),
      ['/op', '/op?after=x', '/op?after=y'],
      '/headers/X-Next: the response leads to a page that was already requested',
    ],
    [
      'the cursor of the last row again',
      { ...cursor, from: '/id' },
      {},
      () => ({ body: { rows: [{ id: 3 }] } }),
      ['/op', '/op?after=3'],
      '/rows: the response leads to a page that was already requested',
    ],
    [
      'a URL of the first page',
      { kind: 'url', items: '/rows', next: '/next' },
      { query: { a: 1 } },
      (_, n) => ({ body: { rows: [n], next: '?a=1' } }),
      ['/op?a=1'],
      '/next: the response leads to a page that was already requested',
    ],
    [
      'a link to itself',
      { kind: 'link', items: '/rows' },
      {},
      (_, n) => ({ body: { rows: [n] }, headers: { link: '</op?p=2>; rel="next"' } }),
      ['/op', '/op?p=2'],
      '/headers/link: the response leads to a page that was already requested',
    ],
    [
      'the same page number again',
      { kind: 'number', items: '/rows', page: 'page', next: '/next' },
      {},
      (_, n) => ({ body: { rows: [n], next: 2 } }),
      ['/op', '/op?page=2'],
      '/next: the response leads to a page that was already requested',
    ],
    [
      'an empty page at an offset, where `more` is declared',
      { kind: 'offset', items: '/rows', offset: 'skip', more: '/more' },
      {},
      (_, n) => ({ body: { rows: n < 2 ? [n] : [], more: true } }),
      ['/op', '/op?skip=1'],
      '/rows: the response leads to a page that was already requested',
    ],
    [
      'an empty page, where the last row has the cursor',
      { ...cursor, from: '/id', more: '/more' },
      {},
      (_, n) => ({ body: { rows: n < 2 ? [{ id: 5 }] : [], more: true } }),
      ['/op', '/op?after=5'],
      '/rows/0/id: the response says that more rows follow, but has no cursor for them',
    ],
  ])('%s is an error, not a silent end or an endless loop', async (_, page, input, answer, targets, message) => {
    await counted(answer);
    const reading = all(page, input);
    await expect(reading).rejects.toMatchObject({ kind: 'validation', of: 'response' });
    await expect(reading).rejects.toThrow(message);
    expect(server.received.map(({ target }) => target)).toEqual(targets);
  });

  test.each<[string, PageDescriptor, (n: number) => { body: object; headers?: object }]>([
    ['cursor', { ...cursor, next: '/next' }, () => ({ body: { rows: [], total: 0 } })],
    ['cursor of a row', { ...cursor, from: '/id' }, () => ({ body: { rows: [], total: 0 } })],
    ['number', { kind: 'number', items: '/rows', page: 'page' }, () => ({ body: { rows: [], total: 0 } })],
    ['offset', { kind: 'offset', items: '/rows', offset: 'skip', total: '/total' }, () => ({ body: { total: 0 } })],
    ['link', { kind: 'link', items: '/rows' }, () => ({ body: { rows: [], total: 0 }, headers: { link: '' } })],
    ['url', { kind: 'url', items: '/rows', next: '/next' }, () => ({ body: { rows: null, total: 0, next: null } })],
    [
      'window',
      { kind: 'window', items: '/rows', min: 'min', max: 'max', size: 5 },
      () => ({ body: { rows: [], total: 0 } }),
    ],
  ])('%s: pages() yields the one page without rows, with its data; rows() yields nothing', async (_, page, answer) => {
    await counted((_, n) => answer(n));
    const found: unknown[] = [];
    for await (const each of clientOf(page).pages()) found.push(each);
    expect(found).toEqual([{ data: answer(1).body, rows: [] }]);
    expect(await all(page)).toEqual([]);
    expect(server.received.length).toBe(2);
  });

  test('pages() yields each page, also an empty one in the middle and at the end', async () => {
    await counted((_, n) => ({ body: { rows: n % 2 ? [n] : [], next: n < 4 ? `c${n}` : null } }));
    const counts: number[] = [];
    for await (const { rows } of clientOf({ ...cursor, next: '/next' }).pages()) counts.push(rows.length);
    expect(counts).toEqual([1, 0, 1, 0]);
  });

  test('sends a cursor in the body and one in a header', async () => {
    await counted((_, n) => ({ body: { rows: [n], next: n < 3 ? `c${n}` : null } }));
    await all(
      { kind: 'cursor', items: '/rows', cursor: '/body/page/after', next: '/next' },
      { body: { page: { size: 1 } } },
    );
    expect(server.received.map(({ body }) => JSON.parse(body))).toEqual([
      { page: { size: 1 } },
      { page: { size: 1, after: 'c1' } },
      { page: { size: 1, after: 'c2' } },
    ]);
  });
});

test('requests a URL by GET, also if the first page used another method', async () => {
  await counted((_, n) => ({ body: { rows: [n], next: n < 2 ? '/op?page=2' : null } }));
  expect(await all({ kind: 'url', items: '/rows', next: '/next' }, { body: { q: 1 }, query: { a: 1 } })).toEqual([
    1, 2,
  ]);
  const requests = server.received.map(({ method, target, body }) => [method, target, body]);
  expect(requests).toEqual([
    ['POST', '/op?a=1', '{"q":1}'],
    ['GET', '/op?page=2', ''],
  ]);
});

describe('options of the caller', () => {
  const page: PageDescriptor = { kind: 'number', items: '/rows', page: 'page' };
  test.each([0, 1, 2])('limit the list to %i pages', async (maxPages) => {
    await counted((_, n) => ({ body: { rows: [n] } }));
    expect(await all(page, {}, { maxPages })).toEqual(ROWS.slice(0, maxPages));
    expect(server.received.length).toBe(maxPages);
  });

  test('request no page that is not read', async () => {
    await counted((_, n) => ({ body: { rows: [n, n] } }));
    for await (const row of clientOf(page).rows()) if (row === 2) break;
    expect(server.received.length).toBe(2);
  });

  test('repeat one failed page and no other', async () => {
    const failed = new Set<string>();
    server = await serve(({ target, query }, answer) => {
      if (target.includes('page=2') && !failed.has(target)) {
        failed.add(target);
        return json(answer, {}, 503);
      }
      json(answer, { rows: Number(query.get('page') ?? 1) < 4 ? [1] : [] });
    });
    expect((await all(page)).length).toBe(3);
    expect(server.received.map(({ target }) => target)).toEqual([
      '/op',
      '/op?page=2',
      '/op?page=2',
      '/op?page=3',
      '/op?page=4',
    ]);
  });

  test('end the list by a signal, with the error of the call', async () => {
    const ending = new AbortController();
    await counted((_, n) => ({ body: { rows: [n] } }));
    const found: unknown[] = [];
    const reading = (async () => {
      for await (const row of clientOf(page).rows({}, { signal: ending.signal })) {
        found.push(row);
        ending.abort();
      }
    })();
    await expect(reading).rejects.toMatchObject({ kind: 'abort' });
    expect([found, server.received.length]).toEqual([[1], 1]);
  });
});

describe('rejects a next URL of another host', () => {
  test.each([
    'https://evil.example/op',
    '//evil.example/op',
    'http://127.0.0.1:1/op',
    'http://user:password@HOST/op',
    'https://HOST/op',
    'javascript:alert(1)',
    'http://',
  ])('%s', async (given) => {
    await counted((_, n) => ({ body: { rows: [n], next: given.replace('HOST', new URL(server.url).host) } }));
    const reading = all({ kind: 'url', items: '/rows', next: '/next' });
    await expect(reading).rejects.toMatchObject({ kind: 'validation', of: 'response' });
    await expect(reading).rejects.not.toThrow(/password/);
    expect(server.received.length).toBe(1);
  });
});

test.each<[string, string, string | undefined]>([
  ['<https://a.test/?page=2>; rel="next"', 'next', 'https://a.test/?page=2'],
  ['<a>; rel=next', 'next', 'a'],
  ['<a>; rel="prev", <b>; rel="next"', 'next', 'b'],
  ['<a>; rel="last next"', 'next', 'a'],
  ['<a>; REL="NEXT"', 'next', 'a'],
  ['<a,b;c>; rel="next"', 'next', 'a,b;c'],
  ['<a>; title="x, <b>; rel=next"; rel="prev"', 'next', undefined],
  ['<a>; title="a \\" b"; rel="next"', 'next', 'a'],
  ['<a> ; rel = "next"', 'next', 'a'],
  ['<a>; rel="nextpage"', 'next', undefined],
  ['<a>; rel="prev"; rel="next"', 'next', undefined],
  ['<a>', 'next', undefined],
  ['', 'next', undefined],
  [`${'<a>; x=y, '.repeat(2000)}<b>; rel="next"`, 'next', 'b'],
])('Link: %s', (header, rel, target) => {
  expect(linkOf(header, rel)).toBe(target);
});
