import { mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen } from '../../runtime/server/node.ts';
import { type BuiltDocs, buildDocs } from '../../scripts/commands/docs/build-docs.ts';
import { escapeHtml } from '../../scripts/commands/docs/index-page.ts';
import { prepareDocument } from '../../scripts/commands/docs/prepare-document.ts';
import { serveDocs } from '../../scripts/commands/docs/serve-docs.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { openBrowser, screenshot } from '../browser/open.ts';
import { makeWorkspace } from '../cli/run.ts';
import { loadProvider, PROVIDERS, workspace } from '../mock/support.ts';

let root = '';
let built: BuiltDocs;
let browser: Browser;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'countersign-docs-test-'));
  built = await buildDocs(workspace, PROVIDERS, join(root, 'dist/docs'));
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await rm(root, { recursive: true, force: true });
});

describe('the reference', () => {
  it('has a page for each provider, and an index', async () => {
    expect(built.pages.map(({ provider, operations }) => [provider, operations])).toEqual([
      ['dailyplay', 5],
      ['dicey-fun', 9],
      ['hive', 1],
      ['moonpacket', 2],
      ['plattr', 17],
    ]);
    const index = await readFile(join(built.folder, 'index.html'), 'utf8');
    for (const name of PROVIDERS) expect(index).toContain(`href="${name}.html"`);
  });

  it.each(PROVIDERS)('%s loads no external resource and contacts no host', async (name) => {
    const html = await readFile(join(built.folder, `${name}.html`), 'utf8');
    expect(html).not.toMatch(/<(script|link|img|iframe)[^>]+(src|href)="(https?:)?\/\//);
    expect(html).not.toMatch(/otel\.cloud|cdn\.redoc/);
    expect(html).toContain('"disableTelemetry":true');
  });

  it('is rendered in a browser from the gateway, without any other request', async () => {
    const docs = serveDocs({ ...workspace, root });
    const site = await listen({
      fetch: async (request) => (await docs(request)) ?? new Response(null, { status: 404 }),
    });
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const foreign: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(site.url) && !/^(data|blob):/.test(request.url())) foreign.push(request.url());
    });
    page.on('pageerror', (error) => foreign.push(error.message));
    await page.goto(`${site.url}/docs/`);
    await page.getByRole('link', { name: 'DailyPlay' }).click();
    await page.getByText('/api/org-api-keys?action=consume-session').first().waitFor();
    await screenshot(page, 'docs-dailyplay');
    expect(foreign).toEqual([]);
    await page.close();
    await site.close();
  });

  it('serves only its own pages', async () => {
    const docs = serveDocs({ ...workspace, root });
    const ask = (path: string) => docs(new Request(`http://127.0.0.1${path}`));
    expect((await ask('/docs'))?.status).toBe(308);
    expect((await ask('/docs/hive.html'))?.status).toBe(200);
    expect((await ask('/docs/nothing.html'))?.status).toBe(404);
    expect(await ask('/docs/../package.json')).toBeUndefined();
    expect(await ask('/docs/%2e%2e%2fpackage.json')).toBeUndefined();
    expect(await ask('/dicey-fun/docs/')).toBeUndefined();
  });
});

describe('pages that are not built', () => {
  it('are built on the first request, once for all parallel requests, and again after the spec was saved', async () => {
    const folder = await makeWorkspace();
    const docs = serveDocs(openWorkspace(folder));
    const ask = async (path: string) => {
      const response = await docs(new Request(`http://127.0.0.1${path}`));
      return { status: response?.status, html: (await response?.text()) ?? '' };
    };
    const file = join(folder, 'dist/docs/acme.html');
    try {
      expect(await ask('/docs/')).toEqual({ status: 200, html: expect.stringContaining('href="acme.html"') });
      const pages = await Promise.all([ask('/docs/acme.html'), ask('/docs/acme.html')]);
      for (const page of pages) expect(page).toEqual({ status: 200, html: expect.stringContaining('listThings') });
      const first = await stat(file);
      expect((await ask('/docs/acme.html')).status).toBe(200);
      expect((await stat(file)).mtimeMs).toBe(first.mtimeMs);

      const spec = join(folder, 'specs/acme/openapi.yaml');
      const text = await readFile(spec, 'utf8');
      await writeFile(spec, text.replaceAll('listThings', 'listBetterThings'));
      const later = new Date(first.mtimeMs + 5000);
      await utimes(spec, later, later);
      expect((await ask('/docs/acme.html')).html).toContain('listBetterThings');

      await writeFile(spec, `${text}\n<b>: [`);
      await utimes(spec, new Date(later.getTime() + 5000), new Date(later.getTime() + 60_000));
      const broken = await ask('/docs/acme.html');
      expect(broken.status).toBe(500);
      expect(broken.html).toContain('The spec of acme has errors');
      expect(broken.html).not.toContain('<b>');
      expect((await ask('/docs/')).html).toContain('The spec has errors.');
      expect(await ask('/docs/nobody.html')).toEqual({ status: 404, html: expect.stringContaining('No such page') });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }, 120_000);
});

describe('the content of a page', () => {
  it('shows the paths of requests, and webhooks as webhooks', async () => {
    const prepared = async (name: string) =>
      prepareDocument((await loadProvider(name)).document as never) as Record<string, object>;
    expect(Object.keys((await prepared('dailyplay')).paths ?? {})).toEqual([
      '/api/org-api-keys?action=create-session',
      '/api/org-api-keys?action=validate-session',
      '/api/org-api-keys?action=consume-session',
      '/api/org-api-keys?org_id={org_id}',
      '/api/org-api-keys',
    ]);
    const hive = await prepared('hive');
    expect(Object.keys(hive.webhooks ?? {})).toEqual(['suspensions']);
    expect(hive.paths).toEqual({});
  });
  it('marks inferred facts, and does not change examples', () => {
    const inferred = { 'x-cs-source': 'inferred' };
    const document = {
      openapi: '3.1.1',
      info: { title: 'A', version: '1' },
      paths: {
        '/a': { get: { operationId: 'a', ...inferred, responses: { 200: { description: 'fine', ...inferred } } } },
      },
      components: { examples: { one: { value: { ...inferred, description: 'data' } } } },
    };
    const { paths, components } = prepareDocument(document) as typeof document;
    expect(paths['/a'].get).toMatchObject({
      description: expect.stringContaining('Inferred'),
      'x-badges': [{ name: 'inferred' }],
      responses: { 200: { description: expect.stringMatching(/^fine\n\n\*Inferred/) } },
    });
    expect(components.examples.one.value).toEqual({ ...inferred, description: 'data' });
  });
  it('escapes text from a spec', () => {
    expect(escapeHtml(`<a href="x" onclick='y'>&`)).toBe('&#60;a href=&#34;x&#34; onclick=&#39;y&#39;&#62;&#38;');
  });
});
