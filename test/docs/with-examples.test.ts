import { expect, it } from 'vitest';
import { withExamples } from '../../scripts/commands/docs/with-examples.ts';
import { apiOf } from '../validators/fixture.ts';

const code = { type: 'string', pattern: '^[A-Z]{4}$' };
const user = {
  type: 'object',
  required: ['id', 'code', 'password'],
  properties: {
    id: { type: 'string', readOnly: true },
    code,
    password: { type: 'string', writeOnly: true },
  },
};
const json = (schema: object, more: object = {}) => ({ 'application/json': { schema, ...more } });
const api = apiOf(
  { User: user },
  {
    paths: {
      '/users': {
        post: {
          operationId: 'addUser',
          requestBody: { required: true, content: json({ $ref: '#/components/schemas/User' }) },
          responses: {
            201: { description: 'Added.', content: json({ $ref: '#/components/schemas/User' }) },
            400: { description: 'Bad.', content: json(user, { example: { given: true } }) },
            404: { description: 'Gone.', content: json(user, { examples: { one: { value: { given: true } } } }) },
            422: {
              description: 'Wrong.',
              content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } },
            },
          },
        },
      },
    },
  },
);

it('adds a generated value to each request and response without an example', () => {
  const before = structuredClone(api.document);
  const { post } = (withExamples(api).paths as Record<string, Record<string, never>>)['/users'] as Record<
    string,
    never
  >;
  expect(post).toMatchObject({
    requestBody: {
      content: {
        'application/json': { example: { code: expect.stringMatching(/^[A-Z]{4}$/), password: expect.any(String) } },
      },
    },
    responses: {
      201: {
        content: {
          'application/json': { example: { id: expect.any(String), code: expect.stringMatching(/^[A-Z]{4}$/) } },
        },
      },
      400: { content: { 'application/json': { example: { given: true } } } },
    },
  });
  const text = JSON.stringify(post);
  expect(text.match(/"example":/g)).toHaveLength(3);
  expect(api.document).toEqual(before);
});
