import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { makeWorkspace, repository, type TestWorkspace } from '../build/make-workspace.ts';

const run = promisify(execFile);
let workspace: TestWorkspace;

/** The pairs in docs/signers.md: the scheme in the spec, and the signer. */
const page = await readFile(join(repository, 'docs/signers.md'), 'utf8');
const pairs = [...page.matchAll(/^```yaml\n((?:(?!```).*\n)*)```\n\n```ts\n([\s\S]*?)^```$/gm)].map(
  ([, yaml = '', code = '']) => {
    const [, signer = ''] = /export const (\w+) = defineSigner/.exec(code) ?? [];
    return { signer, provider: signer.toLowerCase(), signing: parse(yaml) as Signing, code };
  },
);
type Signing = { readonly 'x-cs-signing': { readonly credentials: Readonly<Record<string, object>> } };

// RFC 8032, section 7.1, test 1: a seed and its public key.
const SEED = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
const PUBLIC = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a';

const contract = (signer: string, signing: Signing): object => ({
  openapi: '3.1.1',
  info: { title: signer, version: '1.0.0', description: 'Signed.', license: { name: 'MIT', identifier: 'MIT' } },
  servers: [{ url: 'https://partner.invalid' }],
  tags: [{ name: 'All', description: 'All.' }],
  paths: {
    '/pay': {
      post: {
        operationId: 'pay',
        summary: 'Pay',
        description: 'Pays.',
        tags: ['All'],
        security: [{ [signer]: [] }],
        parameters: [{ name: 'note', in: 'query', description: 'A note.', schema: { type: 'string' } }],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { type: 'object', properties: { amount: { type: 'number' } } } } },
        },
        responses: { '204': { description: 'Paid.' }, '401': { description: 'Not signed.' } },
      },
    },
  },
  components: {
    securitySchemes: {
      [signer]: { type: 'apiKey', in: 'header', name: 'webhook-signature', description: 'As signed.', ...signing },
    },
  },
});

beforeAll(async () => {
  workspace = await makeWorkspace([]);
  await writeFile(join(workspace.root, 'countersign.config.ts'), 'export default {};\n');
  for (const { provider, signer, signing, code } of pairs) {
    await mkdir(join(workspace.root, 'specs', provider), { recursive: true });
    await mkdir(join(workspace.root, 'plugins', provider), { recursive: true });
    await writeFile(join(workspace.root, 'specs', provider, 'openapi.yaml'), stringify(contract(signer, signing)));
    await writeFile(join(workspace.root, 'plugins', provider, 'signing.ts'), code);
  }
  const { code, stderr } = await workspace.run(['generate']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});
afterAll(() => workspace.remove());

describe('the pairs of scheme and signer in docs/signers.md', () => {
  it('are six', () => {
    expect(pairs.map(({ signer }) => signer)).toEqual([
      'concatenated',
      'bodyTimestampNonce',
      'sortedParameters',
      'headerList',
      'standardWebhook',
      'asymmetric',
    ]);
  });

  it.each(pairs)(
    'produce a client and a server that accept each other: $signer',
    async ({ provider, signer, signing }) => {
      const prefix = `${provider[0]?.toUpperCase()}${provider.slice(1)}`;
      const secret = signer === 'asymmetric' ? 'key' : 'secret';
      const values = Object.fromEntries(Object.keys(signing['x-cs-signing'].credentials).map((name) => [name, 'mine']));
      const held = (value: string): string => JSON.stringify({ ...values, [secret]: value });
      const [ours, theirs, guessed] =
        signer === 'asymmetric'
          ? [SEED, PUBLIC, SEED.replace('9d', '00')]
          : ['whsec_c2VjcmV0', 'whsec_c2VjcmV0', 'whsec_Z3Vlc3NlZA=='];
      const program = `
      import { listen } from '@countersign/runtime/server/node';
      import { create${prefix}Client } from './generated/${provider}/src/index.ts';
      import { create${prefix}Server } from './generated/${provider}/src/server.ts';
      const server = await listen(create${prefix}Server({
        handlers: { pay: () => ({ data: undefined }) },
        security: { ${signer}: ${held(theirs)} },
      }));
      const pay = async (credentials) => {
        const client = create${prefix}Client({ baseUrl: server.url, credentials });
        const { error } = await client.pay({ query: { note: 'a b' }, body: { amount: 1.5 } });
        return error === undefined ? 'paid' : error.status;
      };
      console.log(await pay(${held(ours)}), await pay(${held(guessed)}));
      await server.close();
    `;
      const file = join(workspace.root, `${provider}.mjs`);
      await writeFile(file, program);
      const { stdout } = await run(process.execPath, [file], { cwd: workspace.root });
      expect(stdout).toBe('paid 401\n');
    },
    30_000,
  );

  it('produce a server that accepts only the message that the Standard Webhooks libraries sign', async () => {
    const program = `
      import { createStandardwebhookServer } from './generated/standardwebhook/src/server.ts';
      const headers = {
        'content-type': 'application/json',
        'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
        'webhook-timestamp': '1614265330',
        'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
      };
      const send = async (changed, body = '{"test": 2432232314}', at = 1614265330) => {
        const { fetch } = createStandardwebhookServer({
          handlers: { pay: () => ({ data: undefined }) },
          security: { standardWebhook: { secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' } },
          clock: () => at * 1000,
        });
        const request = { method: 'POST', headers: { ...headers, ...changed }, body };
        return (await fetch(new Request('http://localhost/pay', request))).status;
      };
      console.log(
        await send({}),
        await send({}, '{"test": 2432232315}'),
        await send({ 'webhook-id': 'msg_another' }),
        await send({ 'webhook-timestamp': '1614265331' }),
        await send({ 'webhook-signature': 'g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=' }),
        await send({}, undefined, 1614265330 + 301),
      );
    `;
    await writeFile(join(workspace.root, 'public.mjs'), program);
    const { stdout } = await run(process.execPath, ['public.mjs'], { cwd: workspace.root });
    expect(stdout).toBe('204 401 401 401 401 401\n');
  });
});
