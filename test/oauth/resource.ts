import { createRemoteJWKSet, jwtVerify } from 'jose';
import { json, type Received, serve, type TestServer } from '../runtime/client/serve.ts';
import { RESOURCE } from './authorization-server.ts';

/** An API that takes the tokens of an issuer, by jose alone: a peer that this project did not write. */
export async function startResource(
  issuer: string,
  isRevoked: (token: string, request: Received) => boolean = () => false,
): Promise<TestServer> {
  const jwks = createRemoteJWKSet(new URL(`${issuer}/jwks`));
  return serve(async (request, answer) => {
    const [, token = ''] = /^(?:Bearer|DPoP) (.+)$/.exec(String(request.headers.authorization ?? '')) ?? [];
    try {
      const { payload } = await jwtVerify(token, jwks, { issuer, audience: RESOURCE });
      if (isRevoked(token, request)) throw new Error('revoked');
      json(answer, { ok: true, scope: payload.scope });
    } catch (error) {
      json(answer, { message: String(error) }, 401, { 'www-authenticate': 'Bearer error="invalid_token"' });
    }
  });
}
