import { inspect } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import type { ParameterDescriptor } from '../../../runtime/contract/index.ts';
import { clientOf } from './fixtures.ts';
import { json, serve, type TestServer } from './serve.ts';

let server: TestServer;
afterEach(() => server.close());

const parameter = (place: ParameterDescriptor['in'], name: string, more: object = {}): ParameterDescriptor => ({
  name,
  in: place,
  required: false,
  style: place === 'path' || place === 'header' ? 'simple' : 'form',
  explode: false,
  shape: { kind: 'any' },
  ...more,
});

const parameters = [
  parameter('path', 'token', { secret: true }),
  parameter('query', 'codes', { secret: true, explode: true }),
  parameter('query', 'open'),
  parameter('header', 'X-Pin', { secret: true }),
  parameter('cookie', 'sid', { secret: true }),
];
const values = ['path/&secret', 'first code', 'second"code', 'header-pin', 'cookie;pin'];

test('a secret parameter is never shown, even if a provider quotes it', async () => {
  server = await serve(({ target, headers }, answer) => {
    json(
      answer,
      { error: `no ${target} with ${headers['x-pin']} and ${headers.cookie}, says ${values.join(' ')}` },
      400,
    );
  });
  const lines: unknown[] = [];
  const debug = (...parts: unknown[]) => void lines.push(inspect(parts, { depth: 9 }));
  const options = { baseUrl: server.url, debug: true, logger: { debug } };
  const { error } = await clientOf({ path: '/v1/{token}', parameters }, options).op({
    path: { token: values[0] },
    query: { codes: values.slice(1, 3), open: 'shown' },
    headers: { 'x-pin': values[3] },
    cookies: { sid: values[4] },
  });
  const [request] = server.received;
  expect(request?.target).toBe('/v1/path%2F%26secret?codes=first%20code&codes=second%22code&open=shown');
  expect(error?.message).toContain('no /v1/***?codes=***&codes=***&open=shown with *** and sid=***, says *** ***');
  const shown = [...lines, inspect(error), error?.stack, JSON.stringify(error)].join('\n');
  expect(lines.join('\n')).toContain('/v1/***?codes=***&codes=***&open=shown');
  expect(values.filter((value) => shown.includes(value) || shown.includes(encodeURIComponent(value)))).toEqual([]);
});
