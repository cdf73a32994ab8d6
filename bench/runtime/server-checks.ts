import { createHmac, timingSafeEqual } from 'node:crypto';
import { credentials } from './server-data.ts';

const TOLERANCE = 300;

/** Used nonces, with the time until which they are remembered. */
export type Nonces = Map<string, number>;

/**
 * The checks that a careful developer writes for an HMAC of a text, the timestamp and the nonce. Returns why the
 * signature is rejected, or undefined.
 * @param text the query of a GET as JSON, or the body of a POST
 */
export function signatureProblem(
  header: (name: string) => string | undefined,
  text: string,
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
  const message = `${text}${timestamp}${nonce}`;
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
