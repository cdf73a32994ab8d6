import type { Hono } from 'hono';
import { describeSandbox, type ServedProvider } from './describe.ts';

type Environment = { readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } } };

/**
 * `GET /`: the output of the start, with newly signed commands. It shows the demo credentials, so that only this
 * machine can request it, and only under a name of this machine: a web page whose name resolves to it gets nothing.
 */
export function mountIndex(app: Hono, describe: () => Promise<readonly ServedProvider[]>): void {
  app.get('/', async (context) => {
    const peer = (context.env as Environment | undefined)?.incoming?.socket?.remoteAddress ?? '';
    const local = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(peer);
    const named = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(context.req.header('host') ?? '');
    if (!local || !named) return context.text('The sandbox is running.\n');
    return context.text(`${describeSandbox(await describe()).join('\n')}\n`, 200, {
      'cache-control': 'no-store',
    });
  });
}
