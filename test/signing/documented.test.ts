/** The signers in docs/signers.md, unchanged, in a mock with the credentials that it creates itself. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createGateway, type MockProvider } from '@countersign/runtime/mock';
import { listen } from '@countersign/runtime/server/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { send } from '../../runtime/mock/send.ts';
import { presetDocument, readPreset } from '../../scripts/commands/init/presets.ts';
import { loadMockProvider } from '../../scripts/commands/mock/load-provider.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { checkSigning } from '../../scripts/model/signing/check.ts';
import { makeWorkspace, repository, type TestWorkspace } from '../build/make-workspace.ts';
import { documentOf, operation, providerOf, serverOf } from '../receiving/support.ts';
import { contractOf } from './scheme.ts';

const page = await readFile(join(repository, 'docs/signers.md'), 'utf8');
const documented = [...page.matchAll(/^```yaml\n(x-cs-signing:\n(?:(?!```).*\n)*)```\n\n```ts\n([\s\S]*?)^```$/gm)].map(
  ([, yaml = '', code = '']) => {
    const [, scheme = ''] = /export const (\w+) = defineSigner/.exec(code) ?? [];
    return {
      scheme,
      name: scheme.toLowerCase(),
      signing: parse(yaml)['x-cs-signing'] as Record<string, unknown>,
      code,
    };
  },
);
let workspace: TestWorkspace;

beforeAll(async () => {
  workspace = await makeWorkspace([]);
  await writeFile(join(workspace.root, 'countersign.config.ts'), 'export default {};\n');
  for (const { scheme, name, signing, code } of documented) {
    for (const folder of ['specs', 'plugins']) await mkdir(join(workspace.root, folder, name), { recursive: true });
    const preset = { title: name, document: 'https://example.com/a', name: 'X-Sign', signing };
    await writeFile(
      join(workspace.root, 'specs', name, 'openapi.yaml'),
      stringify(presetDocument(name, scheme, preset)),
    );
    await writeFile(join(workspace.root, 'plugins', name, 'signing.ts'), code);
  }
});
afterAll(() => workspace.remove());

/** Blocks of the page that show one field of a scheme. */
const words = [...page.matchAll(/^```yaml\n((challenge|responses):(?:(?!```).*\n)*)```$/gm)].map(
  ([, yaml = '', word = '']) => [word, (parse(yaml) as Record<string, object>)[word] ?? {}] as const,
);

test('a challenge and signed responses are documented, with fields of a valid scheme', async () => {
  expect(words.map(([word]) => word)).toEqual(['challenge', 'responses']);
  const { challenge, ...zoom } = readPreset('zoom').signing;
  const keys = { secretToken: {}, platformKey: {} };
  for (const [word, value] of words) {
    const contract = contractOf({ ...zoom, credentials: keys, [word]: value });
    expect(await checkSigning(contract.api), word).toEqual([]);
  }
  expect(words[0]?.[1]).toEqual(challenge);
});

test('there are six documented signers', () => expect(documented).toHaveLength(6));

test('Dropbox Sign: the callback of its libraries is accepted as multipart, and a changed one is rejected', async () => {
  const [, yaml = '', code = ''] =
    /```yaml\n(x-cs-signing:\n(?:(?!```).*\n)*?)```\n\n`verify`.*\n\n```ts\n([\s\S]*?)```/.exec(page) ?? [];
  const requestBody = {
    required: true,
    content: {
      'multipart/form-data': {
        schema: { type: 'object', required: ['json'], properties: { json: { type: 'string' } } },
      },
    },
  };
  const callback = operation('callback', { security: [{ dropboxSign: [] }], requestBody });
  const scheme = { type: 'apiKey', in: 'header', name: 'X-Unused', description: 'd', ...parse(yaml) };
  const document = documentOf({
    webhooks: { callback: { post: callback } },
    components: { securitySchemes: { dropboxSign: scheme } },
  });
  const provider = await providerOf(document, { 'plugins/partner/signing.ts': code });
  const seen: unknown[] = [];
  const server = serverOf(provider, {
    handlers: {
      callback: (({ body }: { body: { json: string } }) => seen.push(body.json) && { data: { ok: true } }) as never,
    },
    // Key and callback of the examples of Dropbox Sign's libraries.
    security: { dropboxSign: { apiKey: '324e3b0840f065eb51f3fd63231d0d33daa35d4ed10d27718839e81737065782' } },
  });
  const { url, close } = await listen(server);
  const event = {
    event_type: 'account_confirmed',
    event_time: '1669926463',
    event_hash: 'ff8b03439122f9160500c3fb855bdee5a9ccba5fff27d3b258745d8f3074832f',
  };
  const ask = async (fields: readonly (readonly [string, string | Blob])[]): Promise<number> => {
    const body = new FormData();
    for (const [name, value] of fields) body.append(name, value);
    return (await fetch(`${url}/callback`, { method: 'POST', body })).status;
  };
  const json = JSON.stringify({ event, note: 'é' });
  try {
    const changed = (more: object) => JSON.stringify({ event: { ...event, ...more } });
    expect([
      await ask([['json', json]]),
      await ask([
        ['file', new Blob([new Uint8Array([0xff, 0xfe])])],
        ['json', json],
      ]),
      await ask([['json', changed({ event_type: 'account_closed' })]]),
      await ask([['json', changed({ event_time: '1669926464' })]]),
      await ask([['json', changed({ event_hash: '' })]]),
      await ask([['json', '{']]),
      await ask([['json', '{"event":null}']]),
      await ask([['jsn', json]]),
      await ask([
        ['json', json],
        ['json', json],
      ]),
    ]).toEqual([200, 200, 401, 401, 401, 401, 401, 401, 401]);
    expect(seen).toEqual([json, json]);
  } finally {
    await close();
  }
});

test.each(documented)('$scheme signs and verifies with the credentials that the mock creates', async ({ name }) => {
  const provider: MockProvider = await loadMockProvider(openWorkspace(workspace.root), name);
  const gateway = createGateway({ providers: [{ name, load: async () => provider }] });
  const { url, close } = await listen(gateway);
  const call = { provider, operation: 'createOrder', input: { query: { page: '1' }, body: { amount: 1, note: 'é' } } };
  try {
    const ask = async (spoil?: 'signature') => {
      const sent = await send({ ...call, baseUrl: `${url}/${name}`, fetch, ...(spoil && { spoil }) });
      return [sent.response?.status, sent.response ? '' : sent.error];
    };
    expect([await ask(), await ask('signature')]).toEqual([
      [200, ''],
      [401, ''],
    ]);
  } finally {
    await close();
  }
});
