import { equalBytes } from '../../signing/index.ts';
import { OAuthRefusal } from './responses.ts';
import type { Issuer } from './types.ts';

/** Bytes of a request. */
const LARGEST = 65_536;

/** The form of a request. @throws {OAuthRefusal} invalid_request */
export async function readForm(request: Request): Promise<URLSearchParams> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/x-www-form-urlencoded\b/i.test(type))
    throw new OAuthRefusal('invalid_request', 'The body must be application/x-www-form-urlencoded.');
  const text = await request.text();
  if (text.length > LARGEST) throw new OAuthRefusal('invalid_request', 'The body is too large.');
  const form = new URLSearchParams(text);
  const repeated = [...new Set(form.keys())].find((name) => name !== 'resource' && form.getAll(name).length > 1);
  if (repeated !== undefined) throw new OAuthRefusal('invalid_request', `${repeated} must not be repeated.`);
  return form;
}

/** Whether the client gave its secret; false: it is a public client. @throws {OAuthRefusal} invalid_client */
export function authenticateClient(
  { clientId, clientSecret }: Issuer,
  header: string | null,
  form: URLSearchParams,
): boolean {
  const pair = header === null ? undefined : readBasic(header);
  const id = pair?.[0] ?? form.get('client_id') ?? '';
  const secret = pair?.[1] ?? form.get('client_secret');
  if (header !== null && form.has('client_secret'))
    throw new OAuthRefusal(
      'invalid_request',
      'The client is authenticated twice, by the header and by the body. Use one of them.',
    );
  const isRight = equalBytes(id, clientId) && (secret === null || equalBytes(secret, clientSecret));
  if (clientId !== '' && isRight) return secret !== null;
  throw new OAuthRefusal(
    'invalid_client',
    'client_id or client_secret does not match: use the demo client of `mock env`.',
    header !== null,
  );
}

function readBasic(header: string): readonly [id: string, secret: string] {
  try {
    const [, text = ''] = /^Basic +(\S+)$/i.exec(header) ?? [];
    const [, id = '', secret = ''] = /^([^:]*):([\s\S]*)$/.exec(atob(text)) ?? [];
    // RFC 6749, section 2.3.1: both halves are encoded as in a form.
    const decode = (half: string): string => decodeURIComponent(half.replaceAll('+', ' '));
    return [decode(id), decode(secret)];
  } catch {
    return ['', ''];
  }
}
