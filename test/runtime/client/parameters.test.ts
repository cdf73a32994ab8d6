import { afterEach, describe, expect, test } from 'vitest';
import {
  serializeCookies,
  serializeHeader,
  serializePathParameter,
  serializeQuery,
} from '../../../runtime/client/serialize-parameters.ts';
import type { ParameterDescriptor, ParameterStyle } from '../../../runtime/contract/index.ts';
import { clientOf } from './fixtures.ts';
import { json, type Received, serve, type TestServer } from './serve.ts';

const parameter = (
  place: ParameterDescriptor['in'],
  style: ParameterStyle,
  explode: boolean,
  more: Partial<ParameterDescriptor> = {},
): ParameterDescriptor => ({
  name: 'color',
  in: place,
  required: false,
  style,
  explode,
  shape: { kind: 'any' },
  ...more,
});

const array = ['blue', 'black', 'brown'];
const object = { R: 100, G: 200, B: 150 };

/** The table "Style Examples" of OpenAPI 3.1, section 4.8.12.4, delimiters encoded. */
describe('path', () => {
  test.each<[ParameterStyle, boolean, unknown, string]>([
    ['simple', false, 'blue', 'blue'],
    ['simple', false, array, 'blue,black,brown'],
    ['simple', true, array, 'blue,black,brown'],
    ['simple', false, object, 'R,100,G,200,B,150'],
    ['simple', true, object, 'R=100,G=200,B=150'],
    ['label', false, '', '.'],
    ['label', false, 'blue', '.blue'],
    ['label', false, array, '.blue,black,brown'],
    ['label', true, array, '.blue.black.brown'],
    ['label', false, object, '.R,100,G,200,B,150'],
    ['label', true, object, '.R=100.G=200.B=150'],
    ['matrix', false, '', ';color'],
    ['matrix', false, 'blue', ';color=blue'],
    ['matrix', false, array, ';color=blue,black,brown'],
    ['matrix', true, array, ';color=blue;color=black;color=brown'],
    ['matrix', false, object, ';color=R,100,G,200,B,150'],
    ['matrix', true, object, ';R=100;G=200;B=150'],
    ['simple', false, 'a/b?c#d e%', 'a%2Fb%3Fc%23d%20e%25'],
    ['simple', false, ['a,b', 'c'], 'a%2Cb,c'],
    ['simple', false, 7, '7'],
    ['simple', false, false, 'false'],
  ])('%s explode=%s %j → %s', (style, explode, value, want) => {
    expect(serializePathParameter(value, parameter('path', style, explode))).toBe(want);
  });

  test('sends `content` as one text', () => {
    expect(
      serializePathParameter({ a: [1] }, parameter('path', 'simple', false, { content: 'application/json' })),
    ).toBe('%7B%22a%22%3A%5B1%5D%7D');
  });
});

describe('query', () => {
  test.each<[ParameterStyle, boolean, unknown, string]>([
    ['form', true, '', 'color='],
    ['form', true, 'blue', 'color=blue'],
    ['form', true, array, 'color=blue&color=black&color=brown'],
    ['form', false, array, 'color=blue,black,brown'],
    ['form', true, object, 'R=100&G=200&B=150'],
    ['form', false, object, 'color=R,100,G,200,B,150'],
    ['spaceDelimited', false, array, 'color=blue%20black%20brown'],
    ['spaceDelimited', false, object, 'color=R%20100%20G%20200%20B%20150'],
    ['spaceDelimited', true, array, 'color=blue&color=black&color=brown'],
    ['pipeDelimited', false, array, 'color=blue%7Cblack%7Cbrown'],
    ['pipeDelimited', false, object, 'color=R%7C100%7CG%7C200%7CB%7C150'],
    ['deepObject', true, object, 'color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150'],
    [
      'deepObject',
      false,
      { o: { x: 1.5 }, l: [true, 'a b'], e: [], 'k]': null },
      'color[o][x]=1.5&color[l]=true&color[l]=a%20b',
    ],
    ['form', true, 'a&b=c+d e', 'color=a%26b%3Dc%2Bd%20e'],
    ['form', true, { 'a&b': 1 }, 'a%26b=1'],
    ['form', true, { page: 0, sort: ['a,b', 'c'] }, 'page=0&sort=a%2Cb&sort=c'],
    ['form', true, { sort: ['a'], none: [], of: { x: [1] } }, 'sort=a&of=%7B%22x%22%3A%5B1%5D%7D'],
    ['form', true, null, ''],
    ['form', true, undefined, ''],
    ['form', true, [], ''],
    ['form', true, { a: undefined, b: 1 }, 'b=1'],
    [
      'form',
      true,
      { page: 0, sort: ['name', 'a,b'], none: [], at: { x: 1 } },
      'page=0&sort=name&sort=a%2Cb&at=%7B%22x%22%3A1%7D',
    ],
  ])('%s explode=%s %j → %s', (style, explode, value, want) => {
    const encoded = want.replace(/[[\]]/g, encodeURIComponent);
    expect(serializeQuery({ color: value }, [parameter('query', style, explode)])).toBe(encoded);
  });

  test.each<[ParameterStyle, unknown, string]>([
    ['pipeDelimited', ['a|b', 'c'], 'an item of color contains "|", the delimiter of pipeDelimited'],
    ['pipeDelimited', ['secret|'], 'contains "|"'],
    ['pipeDelimited', { a: 'x|y' }, 'contains "|"'],
    ['pipeDelimited', { 'a|b': 1 }, 'contains "|"'],
    ['spaceDelimited', ['a b'], 'an item of color contains " ", the delimiter of spaceDelimited'],
    ['spaceDelimited', ['a', ' '], 'contains " "'],
    ['spaceDelimited', { a: 'x y' }, 'contains " "'],
    ['spaceDelimited', { 'a b': 1 }, 'contains " "'],
  ])('%s cannot send %j', (style, value, message) => {
    const send = () => serializeQuery({ color: value }, [parameter('query', style, false)]);
    expect(send).toThrow(message);
    expect(send).not.toThrow('secret');
  });

  test.each<[ParameterStyle, boolean, unknown, string]>([
    ['pipeDelimited', false, ['a b', 'c,d', '%7C'], 'color=a%20b%7Cc%2Cd%7C%257C'],
    ['spaceDelimited', false, ['a|b', 'c+d', '%20'], 'color=a%7Cb%20c%2Bd%20%2520'],
    ['pipeDelimited', true, ['a|b'], 'color=a%7Cb'],
    ['spaceDelimited', true, ['a b'], 'color=a%20b'],
    ['form', false, ['a|b', 'c d'], 'color=a%7Cb,c%20d'],
  ])('%s explode=%s sends delimiters of other styles: %j', (style, explode, value, want) => {
    expect(serializeQuery({ color: value }, [parameter('query', style, explode)])).toBe(want);
  });

  test.each<[Partial<ParameterDescriptor>, unknown, string]>([
    [{ allowReserved: true }, 'a:/?@!$()*,;b', 'color=a:/?@!$()*,;b'],
    [{ allowReserved: true }, 'a&b#c+d e', 'color=a%26b%23c%2Bd%20e'],
    [{ content: 'application/json' }, { a: [1, 'x'] }, 'color=%7B%22a%22%3A%5B1%2C%22x%22%5D%7D'],
    [{ content: 'text/plain' }, 7, 'color=7'],
  ])('%j %j → %s', (more, value, want) => {
    expect(serializeQuery({ color: value }, [parameter('query', 'form', true, more)])).toBe(want);
  });

  test('an undeclared name is sent in form style, and names are encoded', () => {
    expect(serializeQuery({ key: ['level', 'score'], 'a b': 1 }, [])).toBe('key=level&key=score&a%20b=1');
  });
});

test.each<[boolean, unknown, string]>([
  [true, 'blue', 'color=blue'],
  [true, array, 'color=blue; color=black; color=brown'],
  [false, array, 'color=blue,black,brown'],
  [false, object, 'color=R,100,G,200,B,150'],
  [true, object, 'R=100; G=200; B=150'],
  [true, 'a;b', 'color=a%3Bb'],
])('cookie explode=%s %j → %s', (explode, value, want) => {
  expect(serializeCookies({ color: value }, [parameter('cookie', 'form', explode)])).toBe(want);
});

test.each<[boolean, unknown, string]>([
  [false, 'a b%', 'a b%'],
  [false, array, 'blue,black,brown'],
  [false, object, 'R,100,G,200,B,150'],
  [true, object, 'R=100,G=200,B=150'],
])('header explode=%s %j → %s', (explode, value, want) => {
  expect(serializeHeader(value, { name: 'X-Color', explode })).toBe(want);
});

describe('on the wire', () => {
  let server: TestServer;
  afterEach(() => server.close());

  test('sends parameters in all locations at once', async () => {
    server = await serve((_, answer) => json(answer, {}));
    const parameters = [
      parameter('path', 'simple', false, { name: 'id' }),
      parameter('query', 'form', true, { name: 'key' }),
      parameter('header', 'simple', false, { name: 'X-List' }),
      parameter('cookie', 'form', true, { name: 'sid' }),
    ];
    const when = [
      { query: 'action', equals: 'a b' },
      { query: 'org', present: true },
    ] as const;
    const client = clientOf({ path: '/v1/{id}/x', parameters, when }, { baseUrl: `${server.url}/base/` });
    const input = {
      path: { id: 'a$&b' },
      query: { key: ['level', 'score'], org: 1 },
      headers: { 'x-list': [1, 2] },
      cookies: { sid: 'é' },
    };
    expect((await client.op(input)).error).toBeUndefined();
    const { target, headers } = server.received[0] ?? { target: '', headers: {} as Received['headers'] };
    expect(target).toBe('/base/v1/a%24%26b/x?action=a%20b&key=level&key=score&org=1');
    expect([headers['x-list'], headers.cookie, headers.accept]).toEqual(['1,2', 'sid=%C3%A9', 'application/json']);
  });

  test.each<[string, object, string]>([
    ['an empty path segment', { path: { id: '' } }, '/path/id'],
    ['a missing path segment', {}, '/path/id'],
    ['the path segment `..`', { path: { id: '..' } }, '/path/id'],
    ['the path segment `.`', { path: { id: '.' } }, '/path/id'],
    ['a header with a line break', { path: { id: 1 }, headers: { 'x-a': 'a\r\nb: c' } }, '/headers/x-a'],
    ['a lone surrogate', { path: { id: '\ud800' } }, ''],
  ])('%s is rejected', async (_, input, pointer) => {
    server = await serve((__, answer) => json(answer, {}));
    const parameters = [parameter('path', 'simple', false, { name: 'id' })];
    const { error } = await clientOf({ path: '/v1/{id}', parameters }, { baseUrl: server.url }).op(input);
    expect(error).toMatchObject({ kind: 'validation', issues: [{ pointer }] });
    expect(server.received.length).toBe(0);
  });
});
