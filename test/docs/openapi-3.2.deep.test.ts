/** The reference page of a document of OpenAPI 3.2, in a browser. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildDocs } from '../../scripts/commands/docs/build-docs.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { openBrowser } from '../browser/open.ts';

const flow = { deviceAuthorizationUrl: 'https://a.example/d', tokenUrl: 'https://a.example/t', scopes: { r: 'R' } };
const document = {
  openapi: '3.2.0',
  info: { title: 'Acme', version: '1' },
  servers: [
    { url: 'https://api.example', name: 'production' },
    { url: 'https://test.example', name: 'sandbox' },
  ],
  tags: [
    { name: 'shop', summary: 'The Shop', kind: 'nav' },
    { name: 'cart', summary: 'All Carts', parent: 'shop', kind: 'audience' },
  ],
  security: [{ old: ['r'] }],
  paths: {
    '/shop': {
      get: { operationId: 'shop', summary: 'Enter', tags: ['shop'], responses: { 200: { summary: 'The door' } } },
    },
    '/cart': {
      query: {
        operationId: 'cart',
        summary: 'Find',
        tags: ['cart'],
        responses: { 200: { summary: 'The cart', description: 'With its items.' } },
      },
    },
  },
  components: { securitySchemes: { old: { type: 'oauth2', deprecated: true, flows: { deviceAuthorization: flow } } } },
};

test('shows names of servers, nested tags of any kind, summaries of responses, and deprecated schemes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-docs-3-2-'));
  await mkdir(join(folder, 'specs/acme'), { recursive: true });
  await writeFile(join(folder, 'specs/acme/openapi.json'), JSON.stringify(document));
  const built = await buildDocs(openWorkspace(folder), ['acme']);
  const browser = await openBrowser();
  const page = await browser.newPage();
  await page.goto(`file://${built.folder}/acme.html`);
  // The operations of a tag are rendered when it is opened.
  for (const name of ['The Shop', 'All Carts', 'Find']) await page.getByText(name, { exact: true }).first().click();
  const shown = ['production', 'sandbox', 'QUERY', 'Kind: audience', 'The cart', 'Deprecated security scheme'];
  for (const text of shown) await page.getByText(text, { exact: true }).first().waitFor({ state: 'attached' });
  expect(await page.getByText('With its items.').count()).toBe(1);
  await browser.close();
  await rm(folder, { recursive: true });
}, 120_000);
