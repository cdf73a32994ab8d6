import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestRegistry, removeStorage, type TestRegistry } from '../release/open-registry.ts';
import { makeWorkspace, type TestWorkspace } from './make-workspace.ts';

const row = { type: 'object', properties: { a: { type: 'string' } } };
const contentOf = (types: readonly string[]) =>
  Object.fromEntries(types.map((type) => [type, { schema: /csv|plain|octet/.test(type) ? { type: 'string' } : row }]));

/** Responses of operations that hooks are generated for. */
const OPERATIONS: Readonly<Record<string, readonly string[]>> = {
  jsonAndXml: ['application/json', 'application/xml'],
  jsonAndCsv: ['application/json', 'text/csv'],
  problemAndJson: ['application/vnd.row+json', 'application/json'],
  textAndBytes: ['text/plain', 'application/octet-stream'],
};

const DOCUMENT = {
  openapi: '3.1.0',
  info: { title: 'Rows', version: '1.0.0' },
  servers: [{ url: 'https://rows.example' }],
  security: [],
  paths: Object.fromEntries(
    Object.entries(OPERATIONS).map(([operationId, types]) => [
      `/${operationId}`,
      {
        get: { operationId, responses: { 200: { description: 'Rows.', content: contentOf(types) } } },
        post: {
          operationId: `send-${operationId}`,
          requestBody: { required: true, content: contentOf(types) },
          responses: { 200: { description: 'Rows.', content: contentOf(types) } },
        },
      },
    ]),
  ),
};

let workspace: TestWorkspace;
let registry: TestRegistry;
beforeAll(async () => {
  registry = await openTestRegistry();
  workspace = await makeWorkspace([]);
  await mkdir(join(workspace.root, 'specs/rows'), { recursive: true });
  await writeFile(join(workspace.root, 'specs/rows/openapi.json'), JSON.stringify(DOCUMENT));
  const settings = { lint: 'essential', hooks: ['react', 'vue', 'svelte'] };
  await writeFile(
    join(workspace.root, 'countersign.config.ts'),
    `export default ${JSON.stringify({ providers: { rows: settings }, release: { registry: registry.url } })};\n`,
  );
});
afterAll(async () => {
  await registry.close();
  await removeStorage(registry);
  await workspace.remove();
});

describe('a provider with hooks whose operations have two media types', () => {
  it('is generated and built, and its package works', async () => {
    expect(await workspace.run(['generate'])).toMatchObject({ code: 0, stderr: '' });
    expect(await workspace.run(['build'])).toMatchObject({ code: 0, stderr: '' });
    const dist = join(workspace.root, 'generated/rows/dist');
    const manifest = JSON.parse(await readFile(join(dist, 'package.json'), 'utf8'));
    expect(Object.keys(manifest.exports)).toEqual(expect.arrayContaining(['./react', './vue', './svelte', './msw']));
    const { createRowsClient } = await import(/* @vite-ignore */ pathToFileURL(join(dist, 'index.js')).href);
    const accepted: (string | null)[] = [];
    const client = createRowsClient({
      fetch: async (...sent: ConstructorParameters<typeof Request>) => {
        accepted.push(new Request(...sent).headers.get('accept'));
        return Response.json({ a: 'x' });
      },
    });
    const { data, error } = await client.jsonAndXml();
    expect({ data, error }).toEqual({ data: { a: 'x' }, error: undefined });
    expect(accepted[0]).toContain('application/json');
  });

  it('can be released', async () => {
    await writeFile(join(workspace.root, '.gitignore'), 'node_modules\ndist\n');
    const git = (...args: string[]) =>
      promisify(execFile)('git', ['-c', 'user.name=Test', '-c', 'user.email=test@test.invalid', ...args], {
        cwd: workspace.root,
      });
    await git('init', '-q');
    await git('add', '-A');
    await git('commit', '-q', '-m', 'Add rows');
    const { stdout, stderr } = await workspace.run(['release', '--dry-run', '--json'], registry.env);
    const { outcomes } = JSON.parse(stdout.split('\n').findLast((line) => line.startsWith('{')) ?? '{}');
    expect(outcomes, stderr).toMatchObject([{ kind: 'planned', plan: { name: '@countersign/rows', next: '0.1.0' } }]);
  });
});
