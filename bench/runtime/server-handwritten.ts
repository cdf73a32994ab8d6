import { Hono } from 'hono';
import { z } from 'zod';
import { type Nonces, signatureProblem } from './server-checks.ts';
import { users } from './server-data.ts';

const attributes = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const query = z.object({ user_id: z.string().min(1) });
const answer = z.object({ data: attributes });

/** The hand-written code of a careful developer for moonpacket's mode B: the same checks, in the same order. */
export function createHandwritten(): Hono {
  const nonces: Nonces = new Map();
  const app = new Hono();
  app.get('/check', (context) => {
    const given = context.req.query();
    const problem = signatureProblem((name) => context.req.header(name), JSON.stringify(given), nonces);
    if (problem !== undefined) return context.json({ error: problem }, 401);
    const parsed = query.safeParse(given);
    if (!parsed.success) return context.json({ error: parsed.error.issues[0]?.message }, 400);
    const user = users.get(parsed.data.user_id);
    if (!user) return context.json({ error: 'user not found' }, 404);
    const body = answer.safeParse({ data: user });
    return body.success ? context.json(body.data) : context.json({ error: 'internal error' }, 500);
  });
  return app;
}
