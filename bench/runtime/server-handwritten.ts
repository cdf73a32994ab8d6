import { createHmac, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { z } from 'zod';
import { credentials, users } from './server-data.ts';

const attributes = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const query = z.object({ user_id: z.string().min(1) });
const answer = z.object({ data: attributes });
const TOLERANCE = 300;

/** What a careful developer writes by hand for moonpacket's mode B: the same checks, in the same order. */
export function createHandwritten(): Hono {
  const nonces = new Map<string, number>();
  const app = new Hono();
  app.get('/check', (context) => {
    const key = context.req.header('x-api-key');
    const timestamp = context.req.header('x-api-timestamp');
    const nonce = context.req.header('x-api-nonce');
    const signature = context.req.header('x-api-signature');
    if (!key || !timestamp || !nonce || !signature) return context.json({ error: 'missing headers' }, 401);
    if (!equal(key, credentials.apiKey)) return context.json({ error: 'wrong key' }, 401);
    const number = Number(timestamp);
    const seconds = number > 1e11 ? number / 1000 : number;
    const now = Date.now() / 1000;
    if (!(Math.abs(now - seconds) <= TOLERANCE)) return context.json({ error: 'wrong timestamp' }, 401);
    const given = context.req.query();
    const message = `${JSON.stringify(given)}${timestamp}${nonce}`;
    const expected = createHmac('sha256', credentials.secret).update(message).digest('hex');
    if (!equal(signature, expected)) return context.json({ error: 'wrong signature' }, 401);
    const expiry = nonces.get(nonce);
    if (expiry !== undefined && expiry > now) return context.json({ error: 'replayed' }, 401);
    nonces.set(nonce, seconds + TOLERANCE);
    const parsed = query.safeParse(given);
    if (!parsed.success) return context.json({ error: parsed.error.issues[0]?.message }, 400);
    const user = users.get(parsed.data.user_id);
    if (!user) return context.json({ error: 'user not found' }, 404);
    const body = answer.safeParse({ data: user });
    return body.success ? context.json(body.data) : context.json({ error: 'internal error' }, 500);
  });
  return app;
}

function equal(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
