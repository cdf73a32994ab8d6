/** The console logs in at the authorization server of the mock, in a browser. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGateway } from '@countersign/runtime/mock';
import { listen } from '@countersign/runtime/server/node';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createConsolePages } from '../../../runtime/mock/console/pages.ts';
import { makeConsoleAssets } from '../../../scripts/commands/mock/console-assets.ts';
import { loadMockProvider } from '../../../scripts/commands/mock/load-provider.ts';
import { openWorkspace } from '../../../scripts/config/workspace.ts';
import { openBrowser } from '../../browser/open.ts';
import { violations } from './violations.ts';

const urls = { tokenUrl: 'https://a.example/token', scopes: { read: 'Read', write: 'Write' } };
const flows = {
  clientCredentials: urls,
  authorizationCode: { ...urls, authorizationUrl: 'https://a.example/authorize' },
  deviceAuthorization: { ...urls, deviceAuthorizationUrl: 'https://a.example/device' },
};
const content = { 'application/json': { schema: { type: 'object' }, example: { id: 7 } } };
const document = {
  openapi: '3.2.0',
  info: { title: 'Acme', version: '1' },
  servers: [
    { url: 'https://api.acme.example', name: 'production' },
    { url: 'https://sandbox.acme.example', name: 'sandbox' },
  ],
  tags: [
    { name: 'shop', summary: 'The Shop' },
    { name: 'cart', summary: 'Carts', parent: 'shop', kind: 'nav' },
  ],
  paths: {
    '/cart': {
      get: {
        operationId: 'getCart',
        tags: ['cart'],
        security: [{ acmeOAuth: ['read'] }],
        responses: { 200: { summary: 'The whole cart', description: 'ok', content } },
      },
    },
  },
  components: { securitySchemes: { acmeOAuth: { type: 'oauth2', deprecated: true, flows } } },
};

let folder = '';
let browser: Browser;
let page: Page;
let url = '';
let close: () => Promise<void>;
/** Headers `Authorization` of calls to the operation. */
const sent: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-console-login-'));
  await mkdir(join(folder, 'specs/acme'), { recursive: true });
  await writeFile(join(folder, 'specs/acme/openapi.json'), JSON.stringify(document));
  const workspace = openWorkspace(folder);
  const gateway = createGateway({
    providers: [{ name: 'acme', load: () => loadMockProvider(workspace, 'acme') }],
    pages: (own) => {
      const seen = {
        ...own,
        fetch: (request: Request, environment?: unknown) => {
          if (new URL(request.url).pathname === '/acme/cart') sent.push(request.headers.get('authorization') ?? '');
          return own.fetch(request, environment);
        },
      };
      const options = { gateway: seen, url: () => url, fires: {}, stateful: false, docs: false, atRoot: true };
      return createConsolePages({ ...options, assets: makeConsoleAssets });
    },
  });
  ({ url, close } = await listen(gateway, { shutdownTimeout: 100 }));
  browser = await openBrowser();
  page = await browser.newPage();
  await page.goto(`${url}/#/acme/getCart`);
});
afterAll(async () => {
  await browser?.close();
  await close?.();
  await rm(folder, { recursive: true, force: true });
});

const card = () => page.getByRole('region', { name: 'Login of acmeOAuth' });
const result = () => page.getByRole('status', { name: 'Result' });
const send = async (): Promise<string> => {
  const before = sent.length;
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect.poll(() => sent.length).toBe(before + 1);
  await result().getByText('HTTP 200').first().waitFor();
  return sent.at(-1) ?? '';
};

test.each(['authorization code with PKCE', 'client credentials', 'device code'])('logs in by %s', async (grant) => {
  await card().getByText('Send uses the demo token').waitFor();
  expect(await send()).toMatch(/^Bearer demo-/);
  await card().getByLabel('Grant').selectOption({ label: grant });
  await card().getByRole('button', { name: 'Log in' }).click();
  await card().getByText(`Logged in by ${grant}`).waitFor();
  const authorization = await send();
  const token = authorization.replace('Bearer ', '');
  expect(token.split('.')).toHaveLength(3);
  // The page never holds the token.
  expect(await card().locator('code').first().textContent()).toBe(`${token.slice(0, 6)}•••`);
  expect(await page.content()).not.toContain(token);
  expect(await result().getByRole('region', { name: 'Request', exact: true }).textContent()).toContain('•••');
  await card().getByRole('button', { name: 'Log out' }).click();
  await card().getByText('Send uses the demo token').waitFor();
});

test('a reset ends the session', async () => {
  await card().getByRole('button', { name: 'Log in' }).click();
  await card().getByText('Logged in by').waitFor();
  await fetch(`${url}/__console/api/reset`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  await page.reload();
  await card().getByText('Send uses the demo token').waitFor();
});

test('rejects another scheme and another grant', async () => {
  for (const asked of [
    { provider: 'acme', scheme: 'other', grant: 'clientCredentials' },
    { provider: 'acme', scheme: 'acmeOAuth', grant: 'toString' },
  ]) {
    const response = await fetch(`${url}/__console/api/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(asked),
    });
    expect(response.status).toBe(400);
  }
});

test('shows tags, servers by name, summaries of responses, and deprecated schemes', async () => {
  const main = page.locator('main');
  await main.getByText('Carts, in The Shop (nav)').waitFor();
  await main.getByText('acmeOAuth is deprecated').waitFor();
  await main.getByText('The whole cart').waitFor();
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core'), 'utf8');
  await page.evaluate(axe);
  expect(await violations(page)).toEqual([]);
  await page.goto(`${url}/#/acme`);
  await main.getByText('https://sandbox.acme.example').waitFor();
  expect(await main.getByText('sandbox', { exact: true }).count()).toBe(1);
});
