import { createHmac, timingSafeEqual } from 'node:crypto';
import { credentials } from './server-data.ts';

const TOLERANCE = 300;

/** Used nonces, with the time until which they are remembered. */
export type Nonces = Map<string, number>;

/**
 * The checks that a careful developer writes for moonpacket's signature. Returns why the signature is rejected, or
 * undefined.
 */
export function signatureProblem(
  header: (name: string) => string | undefined,
  query: object,
  nonces: Nonces,
): string | undefined {
  const key = header('x-api-key');
  const timestamp = header('x-api-timestamp');
  const nonce = header('x-api-nonce');
  const signature = header('x-api-signature');
  if (!key || !timestamp || !nonce || !signature) return 'missing headers';
  if (!equal(key, credentials.apiKey)) return 'wrong key';
  const number = Number(timestamp);
  const seconds = number > 1e11 ? number / 1000 : number;
  const now = Date.now() / 1000;
  if (!(Math.abs(now - seconds) <= TOLERANCE)) return 'wrong timestamp';
  const message = `${JSON.stringify(query)}${timestamp}${nonce}`;
  const expected = createHmac('sha256', credentials.secret).update(message).digest('hex');
  if (!equal(signature, expected)) return 'wrong signature';
  const expiry = nonces.get(nonce);
  if (expiry !== undefined && expiry > now) return 'replayed';
  nonces.set(nonce, seconds + TOLERANCE);
  return undefined;
}

function equal(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
