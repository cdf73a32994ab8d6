import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { diffCommand } from '../../scripts/commands/cli/diff.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { repository } from '../build/make-workspace.ts';

const PROVIDERS = (await readdir(join(repository, 'specs'), { withFileTypes: true }))
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'countersign-against-'));
  for (const folder of ['specs', 'generated'])
    await cp(join(repository, folder), join(cwd, folder), { recursive: true });
});
afterAll(() => rm(cwd, { recursive: true, force: true }));
afterEach(() => {
  process.exitCode = undefined;
});

async function diff(provider: string, ...flags: string[]): Promise<string> {
  const lines: string[] = [];
  const output = { out: (line: string) => void lines.push(line), err: (line: string) => void lines.push(line) };
  const command = diffCommand(openWorkspace(cwd), output as Parameters<typeof diffCommand>[1]);
  await command.parseAsync([provider, ...flags], { from: 'user' });
  return lines.join('\n');
}

it.each(PROVIDERS)('the contract of %s equals its spec', async (provider) => {
  const spec = join(cwd, 'specs', provider, 'openapi.yaml');
  expect(await diff(provider, '--against', spec)).toBe(`${provider}: no changes`);
});

/** A contract of one operation, as `generate` writes it. */
const contract = {
  openapi: '3.1.0',
  info: { title: 'Shop', version: '1.0.0' },
  servers: [{ url: 'https://shop.example' }],
  paths: {
    '/items': {
      get: {
        operationId: 'listItems',
        responses: {
          200: {
            description: 'Items.',
            content: { 'application/json': { schema: { type: ['string', 'null'], exclusiveMinimum: 0 } } },
          },
        },
      },
    },
  },
};
const operation = (schema: string): string =>
  `info: { title: Shop, version: 1.0.0 }
servers: [{ url: https://shop.example }]
paths:
  /items:
    get:
      operationId: listItems
      responses: { '200': { description: Items., content: { application/json: { schema: ${schema} } } } }
`;

describe('a contract is compared with', () => {
  const file = (name: string): string => join(cwd, name);
  beforeAll(async () => {
    await cp(join(cwd, 'generated/moonpacket'), join(cwd, 'generated/shop'), { recursive: true });
    await cp(join(cwd, 'specs/moonpacket'), join(cwd, 'specs/shop'), { recursive: true });
    await writeFile(join(cwd, 'generated/shop/openapi.json'), JSON.stringify(contract));
  });

  it.each<readonly [string, string, string, string]>([
    ['YAML in 3.1', 'a.yaml', `openapi: 3.1.0\n${operation('{ type: [string, "null"] }')}`, 'no changes'],
    ['YAML in 3.0', 'b.yml', `openapi: 3.0.3\n${operation('{ type: string, nullable: true }')}`, 'no changes'],
    ['a larger contract', 'd.yaml', `openapi: 3.1.0\n${operation('{ type: string }')}`, 'major'],
    ['JSON in 3.0', 'e.json', JSON.stringify({ ...contract, openapi: '3.0.3', paths: {} }), 'minor'],
  ])('%s', async (_, name, text, want) => {
    await writeFile(file(name), text);
    expect((await diff('shop', '--against', file(name))).split('\n')[0]).toBe(`shop: ${want}`);
  });

  it('several files, whose schemas have names', async () => {
    await writeFile(file('part.yaml'), 'type: [string, "null"]\n');
    await writeFile(file('c.yaml'), `openapi: 3.1.0\n${operation('{ $ref: part.yaml }')}`);
    const lines = (await diff('shop', '--against', file('c.yaml'))).split('\n');
    expect(lines.map((line) => line.trim())).toEqual(['shop: major', 'major The schema `part` was removed']);
  });

  it.each<readonly [string, string, string]>([
    ['Swagger 2.0', 'f.json', '{"swagger":"2.0","info":{"title":"Old","version":"1"},"paths":{}}'],
    ['a page', 'g.yaml', '<!doctype html><html></html>'],
    ['a missing part', 'h.yaml', `openapi: 3.1.0\n${operation('{ $ref: none.yaml }')}`],
  ])('%s: an error', async (_, name, text) => {
    await writeFile(file(name), text);
    await expect(diff('shop', '--against', file(name))).rejects.toMatchObject({
      diagnostics: [expect.objectContaining({ severity: 'error' })],
    });
  });

  it.each<readonly [string, string, number | undefined]>([
    ['d.yaml', 'major', 1],
    ['d.yaml', 'patch', 1],
    ['e.json', 'major', undefined],
    ['e.json', 'minor', 1],
    ['a.yaml', 'patch', undefined],
  ])('%s, and --fail-on %s exits with %s', async (name, bump, code) => {
    await diff('shop', '--against', file(name), '--fail-on', bump);
    expect(process.exitCode).toBe(code);
  });
});
