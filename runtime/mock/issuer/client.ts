import { equalBytes } from '../../signing/index.ts';
import { readAssertion } from './assertion.ts';
import { certificateIn, thumbprintOf } from './certificate.ts';
import { OAuthRefusal } from './responses.ts';
import type { Issuer } from './types.ts';

/** Maximum size of a request in bytes. */
const LARGEST = 65_536;
const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Reads the form of a request. @throws {OAuthRefusal} invalid_request */
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

/** The authentication of the client in a token request. */
export type ProvenClient = {
  /** Whether the client was authenticated. False: it is a public client. */
  readonly isProven: boolean;
  /** The thumbprint of the client's certificate, to which its tokens are bound. */
  readonly thumbprint?: string | undefined;
};

/** The names of the authentication methods that the request uses. */
function methodsOf(headers: Headers, form: URLSearchParams): readonly string[] {
  return [
    ...(headers.has('authorization') ? ['the header Authorization'] : []),
    ...(form.has('client_secret') ? ['client_secret'] : []),
    ...(form.has('client_assertion') ? ['client_assertion'] : []),
  ];
}

/**
 * Authenticates the client by its secret (basic or post), its signed assertion (`private_key_jwt`) or its certificate
 * (mutual TLS).
 *
 * @throws {OAuthRefusal} invalid_client
 */
export async function authenticateClient(
  issuer: Issuer,
  { headers }: Request,
  form: URLSearchParams,
  base: string,
): Promise<ProvenClient> {
  const { clientId, clientSecret } = issuer;
  const methods = methodsOf(headers, form);
  if (methods.length > 1)
    throw new OAuthRefusal(
      'invalid_request',
      `The client is authenticated twice, by ${methods.join(' and by ')}. Use one of them.`,
    );
  const header = headers.get('authorization');
  const pair = header === null ? undefined : readBasic(header);
  const assertion = form.get('client_assertion');
  if (assertion !== null) return { isProven: await isSigned(issuer, assertion, form, base) };
  const id = pair?.[0] ?? form.get('client_id') ?? '';
  const secret = pair?.[1] ?? form.get('client_secret');
  const isRight = equalBytes(id, clientId) && (secret === null || equalBytes(secret, clientSecret));
  if (clientId === '' || !isRight)
    throw new OAuthRefusal(
      'invalid_client',
      'client_id or client_secret does not match: use the demo client of `mock env`.',
      header !== null,
    );
  const certificate = secret === null ? certificateIn(headers) : undefined;
  const thumbprint = certificate && thumbprintOf(certificate);
  return { isProven: secret !== null || certificate !== undefined, thumbprint };
}

/** Whether a client assertion is valid (RFC 7523, section 2.2). */
async function isSigned(issuer: Issuer, assertion: string, form: URLSearchParams, base: string): Promise<true> {
  if (form.get('client_assertion_type') !== ASSERTION_TYPE)
    throw new OAuthRefusal('invalid_request', `client_assertion_type must be ${ASSERTION_TYPE}.`);
  const { iss, sub } = await readAssertion(issuer, assertion, base, 'invalid_client');
  const named = form.get('client_id') ?? iss;
  if (iss === issuer.clientId && sub === issuer.clientId && named === iss) return true;
  throw new OAuthRefusal('invalid_client', 'iss and sub of the assertion must be the client_id of `mock env`.');
}

function readBasic(header: string): readonly [id: string, secret: string] {
  try {
    const [, text = ''] = /^Basic +(\S+)$/i.exec(header) ?? [];
    const [, id = '', secret = ''] = /^([^:]*):([\s\S]*)$/.exec(atob(text)) ?? [];
    // Both halves are encoded as in a form (RFC 6749, section 2.3.1).
    const decode = (half: string): string => decodeURIComponent(half.replaceAll('+', ' '));
    return [decode(id), decode(secret)];
  } catch {
    return ['', ''];
  }
}
