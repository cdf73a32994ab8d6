import { afterAll, expect, test } from 'vitest';
import { serve } from '../client/serve.ts';
import { packageOf, removePackages } from './packages.ts';

const XML = 'application/xml';
const failure = {
  type: 'object',
  xml: { name: 'Failure' },
  properties: {
    code: { type: 'integer' },
    reasons: { type: 'array', items: { type: 'string' }, xml: { wrapped: true } },
  },
};
const answer = (content: object) => ({ description: 'no', content });
const described = answer({ [XML]: { schema: failure } });
const media = await packageOf({
  '/a': {
    get: {
      operationId: 'described',
      responses: {
        '204': { description: 'ok' },
        '400': described,
        '409': answer({ 'text/xml': { schema: failure } }),
        '422': answer({ [XML]: { schema: { type: 'string' } } }),
        '423': answer({ 'application/problem+xml': { schema: failure } }),
        '429': answer({ [XML]: { schema: failure }, 'application/json': { schema: failure } }),
        '5XX': described,
      },
    },
    put: { operationId: 'other', responses: { '204': { description: 'ok' }, default: described } },
  },
});
afterAll(removePackages);

const sent = '<Failure><code>7</code><reasons><reasons>a</reasons></reasons></Failure>';
const want = { code: 7, reasons: ['a'] };

/** [what, operation, status, media type, body of the response, body of the error] */
const rows: readonly (readonly [string, string, number, string, string, unknown])[] = [
  ['of a declared status', 'described', 400, XML, sent, want],
  ['with media type parameters', 'described', 400, `${XML}; charset=utf-8`, sent, want],
  ['of a status range', 'described', 503, XML, sent, want],
  ['of the default response', 'other', 404, XML, sent, want],
  ['as text/xml', 'described', 409, 'text/xml', sent, want],
  ['as problem+xml', 'described', 423, 'application/problem+xml', sent, want],
  ['where JSON is declared, too', 'described', 429, XML, sent, want],
  ['JSON where XML is declared, too', 'described', 429, 'application/json', '{"code":7}', { code: 7 }],
  ['sent as plain text', 'described', 422, XML, sent, sent],
  ['of an undeclared status', 'described', 404, XML, sent, sent],
  ['of another media type', 'described', 400, 'text/plain', sent, sent],
  ['that is truncated', 'described', 400, XML, '<Failure><code>7', '<Failure><code>7'],
  ['with another root element', 'described', 400, XML, '<Other/>', '<Other/>'],
  ['empty', 'described', 400, XML, '', undefined],
];

test.each(rows)('the XML of an error response %s', async (_, operation, status, type, body, expected) => {
  const peer = await serve((__, response) => void response.writeHead(status, { 'content-type': type }).end(body));
  try {
    const { error } = (await media.client(peer.url, { retry: false })[operation]?.()) ?? {};
    expect(error).toMatchObject({ kind: 'api', status });
    expect((error as { readonly body?: unknown }).body).toEqual(expected);
  } finally {
    await peer.close();
  }
});
