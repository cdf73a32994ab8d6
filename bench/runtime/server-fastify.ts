import fastify from 'fastify';
import { type Nonces, signatureProblem } from './server-checks.ts';
import { users } from './server-data.ts';

const querystring = {
  type: 'object',
  required: ['user_id'],
  properties: { user_id: { type: 'string', minLength: 1 } },
};
const answer = {
  type: 'object',
  required: ['data'],
  properties: {
    data: {
      type: 'object',
      additionalProperties: { anyOf: ['string', 'number', 'boolean'].map((type) => ({ type })) },
    },
  },
};

/**
 * The same service on Fastify with its defaults: AJV validates the query. fast-json-stringify writes the response by
 * its schema and only checks what it needs.
 *
 * @returns its URL
 */
export async function listenFastify(): Promise<string> {
  const nonces: Nonces = new Map();
  const app = fastify();
  app.get<{ Querystring: { user_id: string } }>(
    '/check',
    {
      schema: { querystring, response: { 200: answer } },
      preHandler: async (request, reply) => {
        const problem = signatureProblem(
          (name) => request.headers[name]?.toString(),
          JSON.stringify(request.query),
          nonces,
        );
        if (problem !== undefined) return reply.code(401).send({ error: problem });
      },
    },
    async (request, reply) => {
      const user = users.get(request.query.user_id);
      if (user) return { data: user };
      return reply.code(404).send({ error: 'user not found' });
    },
  );
  return await app.listen({ host: '127.0.0.1', port: 0 });
}
