import { listen } from '@countersign/runtime/server/node';
import { sign } from '@octokit/webhooks-methods';
import { expect, test } from 'vitest';
import { documentOf, operation, providerOf, serverOf, signedBy } from './support.ts';

test('a delivery that GitHub’s own library signs is handled once by its X-GitHub-Delivery', async () => {
  const secret = "It's a Secret to Everybody";
  const post = operation('push', {
    security: [{ signed: [] }],
    'x-cs-delivery': { in: 'header', name: 'X-GitHub-Delivery' },
  });
  const recipe = {
    algorithm: 'hmac-sha256',
    prefix: 'sha256=',
    message: { parts: ['body'] },
    key: { credential: 'secret' },
    credentials: { secret: {} },
  };
  const provider = await providerOf(
    documentOf({ webhooks: { push: { post } }, ...signedBy('X-Hub-Signature-256', recipe) }),
  );
  const seen: unknown[] = [];
  const push = ({ body }: { body: unknown }) => {
    seen.push(body);
    if (seen.length === 1) throw new Error('database is away');
    return { data: { ok: true } };
  };
  const server = serverOf(provider, { handlers: { push: push as never }, security: { signed: { secret } } });
  const on = await listen(server);
  const deliver = async (id: string, body: string, signature?: string) => {
    const headers = {
      'content-type': 'application/json',
      'X-GitHub-Delivery': id,
      'X-Hub-Signature-256': signature ?? (await sign(secret, body)),
    };
    return (await fetch(`${on.url}/push`, { method: 'POST', headers, body })).status;
  };
  const statuses = [
    await deliver('a', '{"ref":"main"}'),
    await deliver('a', '{"ref":"main"}'),
    await deliver('a', '{"ref":"main"}'),
    await deliver('b', '{"ref":"next"}'),
    await deliver('b', '{"ref":"next"}', await sign('another', '{"ref":"next"}')),
  ];
  await on.close();
  expect(statuses).toEqual([500, 200, 200, 200, 401]);
  expect(seen).toEqual([{ ref: 'main' }, { ref: 'main' }, { ref: 'next' }]);
});
