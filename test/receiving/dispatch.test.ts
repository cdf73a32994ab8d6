import type { MockProvider } from '@countersign/runtime/mock';
import { createGateway } from '@countersign/runtime/mock';
import { fireEvents } from '@countersign/runtime/mock/fire';
import { listen } from '@countersign/runtime/server/node';
import { sign } from '@octokit/webhooks-methods';
import { describe, expect, test } from 'vitest';
import { matches } from '../../runtime/msw/index.ts';
import { collectLog } from '../runtime/server/support.ts';
import {
  documentOf,
  type Handlers,
  type Json,
  operation,
  problemsIn,
  providerOf,
  serverOf,
  signedBy,
} from './support.ts';

type Case = readonly [id: string, when: Json, more?: Json];

const item = (cases: readonly Case[], more: Json = {}): Json => ({
  'x-cs-dispatch': cases.map(([id, when, more]) => ({
    method: 'post',
    when: [when],
    operation: operation(id, { security: [], ...more }),
  })),
  ...more,
});
const hook = (cases: readonly Case[], more?: Json): Json => ({ webhooks: { hook: item(cases, more) } });
const path = (cases: readonly Case[], more?: Json): Json => ({ paths: { '/hook': item(cases, more) } });

const form = {
  requestBody: {
    content: { 'application/x-www-form-urlencoded': { schema: { type: 'object', additionalProperties: true } } },
  },
};
const HEADER: readonly Case[] = [
  ['push', { header: 'X-GitHub-Event', equals: 'push' }],
  ['issues', { header: 'X-GitHub-Event', equals: 'issues' }],
];
const MEMBER: readonly Case[] = [
  ['push', { body: '/data/type', equals: 'push' }],
  ['issues', { body: '/data/type', equals: 'issues' }],
];
const TYPED: readonly Case[] = [
  ['push', { body: '/type', equals: 1 }],
  ['issues', { body: '/type', equals: '1' }],
  ['done', { body: '/type', equals: true }],
];
const FIELD: readonly Case[] = [
  ['push', { form: 'event', equals: 'push' }, form],
  ['issues', { form: 'event', equals: 'issues' }, form],
];
const THERE: readonly Case[] = [
  ['push', { body: '/push', present: true }],
  ['issues', { body: '/push', absent: true }],
];

const json = (body: unknown, headers: Json = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers } as Record<string, string>,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const fields = (body: Record<string, string> | string): RequestInit => ({
  method: 'POST',
  body: new URLSearchParams(body),
});

const table: readonly (readonly [string, readonly Case[], RequestInit, string])[] = [
  ['a header', HEADER, json({}, { 'x-github-event': 'push' }), 'push'],
  ['another value', HEADER, json({}, { 'X-GITHUB-EVENT': 'issues' }), 'issues'],
  ['an unknown value', HEADER, json({}, { 'x-github-event': 'star' }), ''],
  ['no header', HEADER, json({}), ''],
  ['a property', MEMBER, json({ data: { type: 'push' } }), 'push'],
  ['another', MEMBER, json({ data: { type: 'issues' } }), 'issues'],
  ['a duplicate property, the last', MEMBER, json('{"data":{"type":"push","type":"issues"}}'), 'issues'],
  ['an unknown property', MEMBER, json({ data: { type: 'star' } }), ''],
  ['a property that is inherited', MEMBER, json({ data: 'text' }), ''],
  ['a body that is not JSON', MEMBER, json('{'), ''],
  ['an empty body', MEMBER, json(''), ''],
  ['a form in place of JSON', MEMBER, fields({ 'data/type': 'push' }), ''],
  ['a number', TYPED, json({ type: 1 }), 'push'],
  ['a digit as text', TYPED, json({ type: '1' }), 'issues'],
  ['a boolean', TYPED, json({ type: true }), 'done'],
  ['a field', FIELD, fields({ event: 'push' }), 'push'],
  ['an escaped field', FIELD, fields('%65vent=i%73sues'), 'issues'],
  ['two different fields', FIELD, fields('event=push&event=issues'), ''],
  ['JSON in place of a form', FIELD, json({ event: 'push' }), ''],
  ['a property that is present', THERE, json({ push: {} }), 'push'],
  ['a property that is absent', THERE, json({ other: {} }), 'issues'],
];

const providers = new Map<string, Promise<MockProvider>>();
const load = (key: string, document: () => Json): Promise<MockProvider> => {
  const known = providers.get(key) ?? providerOf(documentOf(document()));
  providers.set(key, known);
  return known;
};
const idsOf = (cases: readonly Case[]): string => cases.map(([id, when]) => `${id} ${JSON.stringify(when)}`).join();

/** Handlers that report which one ran. */
const handlersOf = ({ operations }: MockProvider): Handlers =>
  Object.fromEntries(
    operations.map(({ descriptor: { id } }) => [id, () => ({ data: { ok: true }, headers: { 'x-ran': id } })]),
  );

describe.each([
  ['a webhook', hook],
  ['a path', path],
] as const)('operations of %s, selected by', (kind, make) => {
  test.each(table)('%s', async (_, cases, init, wanted) => {
    const provider = await load(kind + idsOf(cases), () => make(cases));
    const log = collectLog();
    const on = await listen(serverOf(provider, { handlers: handlersOf(provider), logger: log.logger }));
    const answer = await fetch(`${on.url}/hook`, init);
    await on.close();
    // An event without a handler is a success, and is logged.
    expect([answer.status, answer.headers.get('x-ran') ?? '']).toEqual([200, wanted]);
    const passed = log.entries.filter(({ level }) => level === 'warn').map(({ message }) => message);
    expect(passed).toEqual(wanted === '' ? ['the event has no handler'] : []);
  });
});

describe('an event without a handler', () => {
  const ask = async (document: Json, handlers: Handlers = { push: () => ({ data: { ok: true } }) }, event = 'star') => {
    const provider = await providerOf(documentOf(document));
    const server = serverOf(provider, { handlers });
    const answer = await server.fetch(new Request('http://test.local/hook', json({}, { 'x-github-event': event })));
    return [answer.status, await answer.text()];
  };

  test('gets the response of the contract', async () => {
    expect(await ask(hook(HEADER))).toEqual([200, '']);
    expect(await ask(hook(HEADER), undefined, 'issues')).toEqual([200, '']);
    expect(await ask(hook(HEADER, { 'x-cs-unhandled': { status: 202, body: { ignored: true } } }))).toEqual([
      202,
      '{"ignored":true}',
    ]);
    expect((await ask(hook(HEADER, { 'x-cs-unhandled': { code: 404 } })))[0]).toBe(404);
    const envelope = { code: '/code', success: [0], message: '/text', errors: { 8: { name: 'Unknown' } } };
    expect(await ask({ 'x-cs-envelope': envelope, ...hook(HEADER) })).toEqual([200, '{"code":0}']);
    expect(await ask({ 'x-cs-envelope': envelope, ...hook(HEADER, { 'x-cs-unhandled': { code: 8 } }) })).toEqual([
      200,
      '{"code":8,"text":"the event does not exist"}',
    ]);
  });

  test('gets 501 if no operation of the path has a handler', async () => {
    expect((await ask(hook(HEADER), {}, 'push'))[0]).toBe(501);
  });

  test('gets 404 if a query selects the operation of a path', async () => {
    const cases: readonly Case[] = [
      ['push', { query: 'event', equals: 'push' }],
      ['issues', { query: 'event', equals: 'issues' }],
    ];
    expect((await ask(path(cases)))[0]).toBe(404);
  });

  test('is verified like the others: unsigned, it is rejected', async () => {
    const signed = { security: [{ signed: [] }] };
    const cases = HEADER.map(([id, when]): Case => [id, when, signed]);
    const recipe = {
      algorithm: 'hmac-sha256',
      prefix: 'sha256=',
      message: { parts: ['body'] },
      key: { credential: 'secret' },
      credentials: { secret: {} },
    };
    const provider = await providerOf(documentOf({ ...hook(cases), ...signedBy('X-Hub-Signature-256', recipe) }));
    const ran: string[] = [];
    const handlers: Handlers = { push: () => ran.push('push') > 0 && { data: { ok: true } } };
    const on = await listen(serverOf(provider, { handlers, security: { signed: { secret: 's' } } }));
    const ask = async (event: string, secret: string) => {
      const headers = { 'x-github-event': event, 'x-hub-signature-256': await sign(secret, '{}') };
      return (await fetch(`${on.url}/hook`, json({}, headers))).status;
    };
    const statuses = [];
    for (const event of ['push', 'issues', 'star'])
      for (const secret of ['s', 'another']) statuses.push(await ask(event, secret));
    await on.close();
    expect(statuses).toEqual([200, 401, 200, 401, 200, 401]);
    expect(ran).toEqual(['push']);
  });
});

test('a body that is too large or has an unsupported coding is rejected before dispatch', async () => {
  const provider = await load(`a webhook${idsOf(MEMBER)}`, () => hook(MEMBER));
  const server = serverOf(provider, { handlers: handlersOf(provider), bodyLimit: 20 });
  const ask = async (init: RequestInit) => (await server.fetch(new Request('http://test.local/hook', init))).status;
  expect(await ask(json({ data: { type: 'push', long: 'x'.repeat(50) } }))).toBe(413);
  expect(await ask(json({}, { 'content-encoding': 'gzip' }))).toBe(400);
  expect(await ask(json({}, { 'content-encoding': 'zip' }))).toBe(415);
});

test('the input is typed by its condition, and a header is not an input', async () => {
  const provider = await load(`a webhook${idsOf(MEMBER)}`, () => hook(MEMBER));
  const push = provider.operations.find(({ descriptor }) => descriptor.id === 'push');
  const validator = push?.validators.body?.['application/json'];
  const issuesOf = async (value: unknown) => (await validator?.['~standard'].validate(value))?.issues?.length ?? 0;
  expect(await issuesOf({ data: { type: 'push' }, more: 1 })).toBe(0);
  expect(await issuesOf({ data: { type: 'issues' } })).toBeGreaterThan(0);
  const parameters = [
    { name: 'x-github-event', in: 'header', required: true, schema: { type: 'string' }, example: 'push' },
    { name: 'X-Other', in: 'header', schema: { type: 'string' }, example: 'o' },
  ];
  const declared = HEADER.map(([id, when]): Case => [id, when, { parameters }]);
  const { operations } = await providerOf(documentOf(hook(declared)));
  expect(operations[0]?.descriptor.parameters.map(({ name }) => name)).toEqual(['X-Other']);
});

test('the sender, the mock and MSW select the same operations', async () => {
  for (const cases of [HEADER, MEMBER, FIELD]) {
    const value = (id: string): Json => ({ data: { type: id }, event: id });
    const type = cases === FIELD ? 'application/x-www-form-urlencoded' : 'application/json';
    const content = (id: string) => ({
      [type]: { schema: { type: 'object', additionalProperties: true }, examples: { one: { value: value(id) } } },
    });
    const own = cases.map(([id, when]): Case => [id, when, { requestBody: { required: true, content: content(id) } }]);
    const provider = await providerOf(documentOf(hook(own)));
    const ran: (string | null)[] = [];
    const server = serverOf(provider, { handlers: handlersOf(provider) });
    const gateway = createGateway({ providers: [{ name: 'partner', load: async () => provider }] });
    const contract = {
      operations: Object.fromEntries(provider.operations.map((each) => [each.identifier, each.descriptor])),
    };
    const fetch = async (url: string, init: RequestInit) => {
      const request = new Request(url, init);
      for (const { descriptor } of provider.operations)
        if (await matches(descriptor, contract)({ request: request.clone() })) ran.push(`msw ${descriptor.id}`);
      const mocked = await gateway.fetch(new Request(url.replace('/hook', '/partner/hook'), init));
      expect([mocked.status, await mocked.text()]).toEqual([200, expect.any(String)]);
      const answer = await server.fetch(request);
      ran.push(answer.headers.get('x-ran'));
      return answer;
    };
    const report = await fireEvents({ provider, to: 'http://test.local/hook', count: 1, fetch });
    expect(report.details).toEqual([]);
    expect(ran).toEqual(['msw push', 'push', 'msw issues', 'issues']);
    expect(
      gateway.log
        .recent()
        .map(({ operation }) => operation)
        .sort(),
    ).toEqual(['issues', 'push']);
  }
});

describe('two operations that match the same request', () => {
  const problemsOf = async (document: Json): Promise<string> =>
    (await problemsIn(documentOf(document))).map(({ message, at }) => `${at.line > 0} ${message}`).join('\n');
  const clashes: readonly (readonly [string, readonly Case[]])[] = [
    ['one value twice', [HEADER[0] as Case, ['again', { header: 'x-github-event', equals: 'push' }]]],
    ['a value, and any value', [HEADER[0] as Case, ['any', { header: 'X-GitHub-Event', present: true }]]],
    ['a header and a property', [HEADER[0] as Case, ['member', { body: '/type', equals: 'push' }]]],
    ['a query and a header', [HEADER[0] as Case, ['query', { query: 'a', equals: 'push' }]]],
    [
      'an absent property and an absent field',
      [
        ['a', { body: '/a', absent: true }],
        ['b', { form: 'b', absent: true }, form],
      ],
    ],
  ];
  test.each(clashes)('are an error with a location: %s', async (_, cases) => {
    for (const make of [hook, path])
      expect(await problemsOf(make(cases))).toMatch(/^true The conditions of .* overlap: a request can match both/m);
  });

  test('are an error when the server is created, if an option puts them on one path', async () => {
    const webhooks = {
      one: { post: operation('one', { security: [] }) },
      two: { post: operation('two', { security: [] }) },
    };
    const provider = await providerOf(documentOf({ webhooks }));
    const make = (paths: Record<string, string>) => () => serverOf(provider, { handlers: {}, paths });
    expect(make({ one: '/hook', two: '/hook' })).toThrow(/POST \/hook matches both one and two/);
    expect(make({ one: '/hook', two: '/other' })).not.toThrow();
  });
});
