import { expect, test } from 'vitest';
import { expandWith } from './expand-with.ts';

const head = "openapi: 3.1.0\ninfo: { title: T, version: '1' }\n";
const body = 'requestBody: { required: true, content: { application/json: { schema: { type: object } } } }';
const referred = "requestBody: { $ref: '#/components/requestBodies/B' }";
const responses = "responses: { '204': { description: done } }";
const components = 'components: { requestBodies: { B: { content: { text/plain: {} } } } }\n';
const path = (method: string, more: string) => `paths:\n  /a:\n    ${method}: { ${more}, ${responses} }\n`;

/** [what, the paths, codes and places of the warnings, what remains of the body] */
const rows: readonly (readonly [name: string, text: string, warnings: readonly string[], hasBody: boolean])[] = [
  ['GET with a body', path('get', body), ['body-unsendable openapi.yaml:5:12'], false],
  ['HEAD with a body', path('head', body), ['body-unsendable openapi.yaml:5:13'], false],
  ['a body by reference', path('get', referred), ['body-unsendable openapi.yaml:5:12'], false],
  ['TRACE', path('trace', 'operationId: t'), ['method-trace openapi.yaml:5:5'], false],
  [
    'TRACE with a body',
    path('trace', body),
    ['method-trace openapi.yaml:5:5', 'body-unsendable openapi.yaml:5:14'],
    false,
  ],
  ['GET without a body', path('get', 'operationId: g'), [], false],
  ['POST with a body', path('post', body), [], true],
  ['DELETE with a body', path('delete', body), [], true],
  ['OPTIONS with a body', path('options', body), [], true],
];
test.each(rows)('%s', async (_, text, warnings, hasBody) => {
  const expanded = await expandWith({ 'openapi.yaml': head + text + components });
  const [operation] = Object.values(expanded.document.paths['/a'] ?? {}) as [{ requestBody?: unknown }];
  const told = expanded.warnings.map(({ code, at }) => `${code} openapi.yaml:${at.line}:${at.column}`);
  expect([told, 'requestBody' in operation]).toEqual([warnings, hasBody]);
});
