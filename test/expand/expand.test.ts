import { describe, expect, test } from 'vitest';
import { expandWith, placeOf } from './expand-with.ts';

const head = "openapi: 3.1.1\ninfo: { title: T, version: '1' }\n";

const dispatch = `${head}paths:
  /play:
    summary: Play
    parameters:
      - { name: token, in: header, schema: { type: string } }
    post: { operationId: start, responses: {} }
    x-cs-dispatch:
      - method: get
        when: [{ query: action, equals: balance }, { query: user, present: true }]
        operation:
          operationId: getBalance
          parameters:
            - { name: user, in: query, required: true, schema: { type: string } }
          responses: {}
      - method: get
        when:
          - { query: action, absent: true }
        operation:
          $ref: operations/history.yaml
`;
const history = 'operationId: getHistory\nresponses:\n  "200": { description: Fine. }\n';
const files = { 'openapi.yaml': dispatch, 'operations/history.yaml': history };

describe('dispatch', () => {
  test('each variant becomes its own path item', async () => {
    const { document } = await expandWith(files);
    const token = { name: 'token', in: 'header', schema: { type: 'string' } };
    expect(document.paths).toEqual({
      '/play': { summary: 'Play', parameters: [token], post: { operationId: 'start', responses: {} } },
      '/play#getBalance': {
        summary: 'Play',
        parameters: [token],
        get: {
          operationId: 'getBalance',
          parameters: [
            { name: 'action', in: 'query', required: true, schema: { type: 'string', const: 'balance' } },
            { name: 'user', in: 'query', required: true, schema: { type: 'string' } },
          ],
          responses: {},
        },
        'x-cs-path': '/play',
        'x-cs-when': [
          { query: 'action', equals: 'balance' },
          { query: 'user', present: true },
        ],
      },
      '/play#getHistory': {
        summary: 'Play',
        parameters: [token],
        get: { operationId: 'getHistory', responses: { '200': { description: 'Fine.' } } },
        'x-cs-path': '/play',
        'x-cs-when': [{ query: 'action', absent: true }],
      },
    });
  });

  test('a path with only variants is removed', async () => {
    const { document } = await expandWith({ ...files, 'openapi.yaml': dispatch.replace(/ {4}post: .*\n/, '') });
    expect(Object.keys(document.paths)).toEqual(['/play#getBalance', '/play#getHistory']);
  });

  test.each([
    ['/paths/~1play/post', 'openapi.yaml:8:5'],
    ['/paths/~1play#getBalance', 'openapi.yaml:10:9'],
    ['/paths/~1play#getBalance/get', 'openapi.yaml:12:9'],
    ['/paths/~1play#getBalance/get/operationId', 'openapi.yaml:13:24'],
    ['/paths/~1play#getBalance/get/parameters/0', 'openapi.yaml:11:16'],
    ['/paths/~1play#getBalance/get/parameters/0/schema/const', 'openapi.yaml:11:16'],
    ['/paths/~1play#getBalance/get/parameters/1/name', 'openapi.yaml:15:23'],
    ['/paths/~1play#getBalance/parameters/0/schema/type', 'openapi.yaml:7:52'],
    ['/paths/~1play#getBalance/summary', 'openapi.yaml:10:9'],
    ['/paths/~1play#getBalance/x-cs-when/1/query', 'openapi.yaml:11:61'],
    ['/paths/~1play#getHistory/get/operationId', 'openapi.yaml:20:9'],
    ['/paths/~1play#getHistory/get/responses/200', 'history.yaml:3:3'],
    ['', 'openapi.yaml:1:1'],
  ])('%s was written at %s', async (pointer, place) => {
    expect(placeOf(await expandWith(files), pointer)).toBe(place);
  });
});

describe('webhooks', () => {
  const hook = (name: string) =>
    `  ${JSON.stringify(name)}: { post: { operationId: ${JSON.stringify(name)}, responses: {} } }\n`;

  test('become unique paths', async () => {
    const names = ['paid', 'order.paid', '/slash', '../x', 'a b?#{c}', '…', 'x/y', 'x y', 'constructor'];
    const expanded = await expandWith({
      'openapi.yaml': `${head}paths:\n  /paid: { post: { operationId: pay, responses: {} } }\nwebhooks:\n${names.map(hook).join('')}`,
    });
    const { document } = expanded;
    expect(Object.entries(document.paths).map(([path, item]) => [path, item['x-cs-webhook']])).toEqual([
      ['/paid', undefined],
      ['/paid-2', 'paid'],
      ['/order.paid', 'order.paid'],
      ['/slash', '/slash'],
      ['/..-x', '../x'],
      ['/a-b-c-', 'a b?#{c}'],
      ['/webhook', '…'],
      ['/x-y', 'x/y'],
      ['/x-y-2', 'x y'],
      ['/constructor', 'constructor'],
    ]);
    expect(document).not.toHaveProperty('webhooks');
    expect(placeOf(expanded, '/paths/~1paid-2/post')).toBe('openapi.yaml:6:13');
  });

  test('can be references, and a document can have nothing else', async () => {
    const { document } = await expandWith({
      'openapi.yaml': `${head}webhooks:\n  paid: { $ref: '#/components/pathItems/Paid' }\ncomponents:\n  pathItems:\n    Paid: { post: { operationId: paid, responses: {} } }\n`,
    });
    expect(document.paths).toEqual({
      '/paid': { post: { operationId: 'paid', responses: {} }, 'x-cs-webhook': 'paid' },
    });
  });
});

describe('an unchanged part of a document', () => {
  test('stays the same object, and the loaded document is not modified', async () => {
    const first = await expandWith(files);
    const text = JSON.stringify(first.document);
    const second = await expandWith(files);
    expect(JSON.stringify(second.document)).toBe(text);
    expect(text).not.toContain('x-cs-dispatch');
  });

  test('a `$ref` that is data stays data', async () => {
    const data = { $ref: '#/nowhere', deep: [{ $ref: 'https://specs.demo.test/x.yaml' }] };
    const schema = { default: data, const: data, enum: [data], examples: [data], 'x-other': data };
    const { document, dataRefs } = await expandWith({
      'openapi.yaml': `${head}paths: {}\nx-top: ${JSON.stringify(data)}\ncomponents:\n  schemas:\n    A: ${JSON.stringify(schema)}\n    B: { properties: { default: { $ref: b.yaml } } }\n  examples:\n    E: { value: ${JSON.stringify(data)} }\n`,
      'b.yaml': 'type: string\n',
    });
    const { A, B } = document.components?.schemas ?? {};
    expect(A).toEqual(schema);
    expect(B).toEqual({ properties: { default: { $ref: '#/components/schemas/b' } } });
    expect(document['x-top']).toEqual(data);
    expect(document.components?.examples).toEqual({ E: { value: data } });
    expect(dataRefs.size).toBe(14);
  });
});
