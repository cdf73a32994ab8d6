import type { Server } from '@countersign/runtime/server';
import { createNaverServer } from '../../../generated/naver/src/server.ts';
import { type Listening, listen } from '../../../runtime/server/node.ts';

/** Naver's profile API on loopback, from our contract of it. It has these tokens and their users. */
export async function startNaver(
  users: ReadonlyMap<string, string>,
): Promise<Listening & { readonly asked: string[] }> {
  const asked: string[] = [];
  const server: Server = createNaverServer({
    handlers: {
      getProfile: (_input, { identity }) => {
        const id = String(identity.accessToken);
        asked.push(id);
        if (id === 'broken') return { error: { code: '500' as const, message: 'Internal server error' } };
        return { status: 200, body: { resultcode: '00', message: 'success', response: { id, nickname: 'OpenAPI' } } };
      },
    },
    security: { accessToken: (token) => users.get(token) ?? null },
    logger: {},
  });
  return Object.assign(await listen(server, { port: 0 }), { asked });
}
