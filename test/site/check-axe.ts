/**
 * `npm run check:axe`: the violations that axe reports for the console, the reference pages of a provider and the docs
 * site, wide and light, and narrow and dark. `npm run test:deep` checks more pages and views in every mode.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listen } from '../../runtime/server/node.ts';
import { buildDocs } from '../../scripts/commands/docs/build-docs.ts';
import { serveDocs } from '../../scripts/commands/docs/serve-docs.ts';
import { serveGuide } from '../../scripts/commands/mock/guide.ts';
import { buildSite } from '../../scripts/commands/site/index.ts';
import { openBrowser } from '../browser/open.ts';
import { startConsole, workspace } from '../mock/support.ts';
import { checkPages, MODES } from './check-page.ts';

const SITE = ['tutorial', 'react', 'troubleshooting', 'reference/cli', 'reference/configuration'];

const browser = await openBrowser().catch((error: unknown) => {
  // The Chromium that npm installs is for Linux.
  if (process.env.CI !== undefined || process.env.CHROMIUM !== undefined) throw error;
  console.log('check:axe is skipped, because no browser starts here. Set CHROMIUM to the path of one.');
  return process.exit(0);
});
const root = await mkdtemp(join(tmpdir(), 'countersign-axe-'));
const at = { ...workspace, root };
const [guide, docs] = [serveGuide(at), serveDocs(at)];
const pages = await listen({
  fetch: async (request) => (await guide(request)) ?? (await docs(request)) ?? new Response(null, { status: 404 }),
});
const mock = await startConsole();
try {
  await buildDocs(workspace, ['dicey-fun'], join(root, 'dist/docs'));
  await buildSite(
    join(root, 'dist/site'),
    SITE.map((name) => `${name}.md`),
  );
  const urls = [
    `${mock.url}/#/`,
    `${pages.url}/docs/`,
    `${pages.url}/docs/dicey-fun.html#/wallet/setplayerwallet`,
    `${pages.url}/guide/`,
  ];
  urls.push(...SITE.map((name) => `${pages.url}/guide/${name}.html`));
  const found = [];
  for (const mode of [MODES[0], MODES[3]]) found.push(...(await checkPages(browser, urls, mode)));
  for (const line of found) console.error(line);
  console.log(`axe: ${found.length} violations on ${urls.length} pages`);
  if (found.length > 0) process.exitCode = 1;
} finally {
  await browser.close();
  await Promise.all([mock.close(), pages.close()]);
  await rm(root, { recursive: true, force: true });
}
