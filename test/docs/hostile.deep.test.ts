import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildDocs } from '../../scripts/commands/docs/build-docs.ts';
import { harmlessData, harmlessText, harmlessUrl } from '../../scripts/commands/docs/harmless.ts';
import { openPages } from '../../scripts/commands/mock/pages.ts';
import { openWorkspace, type Workspace } from '../../scripts/config/workspace.ts';
import { openBrowser } from '../browser/open.ts';
import { startGateway } from '../mock/support.ts';

const ELSEWHERE = 'http://127.0.0.1:9';
const RUN = "(top.run = [...(top.run ?? []), 'ID']); fetch('/__console/api/state?ID')";

/** If one of these loads, runs or navigates, it reports its name (`ID`). */
const VECTORS = {
  'a frame with a document of its own': `<iframe srcdoc="<script>${RUN}</script>"></iframe>`,
  'a frame': `<iframe src="${ELSEWHERE}/ID"></iframe>`,
  'a script': `<script>${RUN}</script>`,
  'a script from elsewhere': `<script src="${ELSEWHERE}/ID"></script>`,
  'a handler': `<img src=x onerror="${RUN}">`,
  'a refresh': `<meta http-equiv="refresh" content="0;url=${ELSEWHERE}/ID">`,
  'a style': `<style>body { display: none; background: url(${ELSEWHERE}/ID) }</style>`,
  'a style sheet': `<link rel="stylesheet" href="${ELSEWHERE}/ID">`,
  'a base': `<base href="${ELSEWHERE}/ID/">`,
  'a form': `<form action="${ELSEWHERE}/ID"><button>Send</button></form>`,
  'a video': `<video src="${ELSEWHERE}/ID" poster="${ELSEWHERE}/ID"></video>`,
  'an object': `<object data="${ELSEWHERE}/ID"></object><embed src="${ELSEWHERE}/ID">`,
  'a drawing': `<svg><use href="${ELSEWHERE}/ID#a"/><image href="${ELSEWHERE}/ID"/></svg>`,
  'an image of Markdown': `![ID](${ELSEWHERE}/ID)`,
  'an image with a line between': `![ID\nID](\n${ELSEWHERE}/ID)`,
  'a link that runs': `[ID](javascript:${encodeURIComponent(RUN)})`,
  'a tag of Markdoc': `{% html name="img" attrs={src: "${ELSEWHERE}/ID"} /%}`,
  'a tag of Markdoc in a block of code': `\`\`\`\n{% html name="img" attrs={src: "${ELSEWHERE}/ID"} /%}\n\`\`\``,
  'HTML after code that a link ends': `[ID](\`) <img src="${ELSEWHERE}/ID">\``,
  'HTML in code of another cell': `| a | b |\n| - | - |\n| \`x | <img src="${ELSEWHERE}/ID"> \` |`,
  'HTML in code that another line ends': `ID \`\n\`<img src="${ELSEWHERE}/ID">\` x`,
  'HTML in a list, after its code': `- \`\`\`\nID\n<img src="${ELSEWHERE}/ID">\n\`\`\``,
  'HTML in a comment': `<!-- --><img src="${ELSEWHERE}/ID"><!-- -->`,
  'the end of the script': `</script><script>${RUN}</script>`,
};

const vectors = Object.entries(VECTORS).map(([title, text], index) => ({
  title,
  id: `vector-${index}-`,
  text: text.replaceAll('ID', `vector-${index}-`),
}));

const said = (id: string): string => `${ELSEWHERE}/${id}`;
const image = (id: string): string => `<img src="${said(id)}">`;

/** Places beside descriptions. One vector shows whether anything is read as HTML, followed or loaded. */
const hostileDocument = (secret: string) => ({
  openapi: '3.1.0',
  info: {
    title: `T ${image('title')}`,
    version: '1',
    summary: `${image('summary')} ![i](${said('summary')})`,
    description: 'See https://cdn.redoc.ly/x, API docs by Evil, `Map<string, number>` and <https://x.test/a>.',
    contact: { name: image('contact'), url: 'java\tscript:top.run=1' },
    license: { name: 'L', url: 'javascript:top.run=1' },
    termsOfService: 'javascript:top.run=1',
    'x-logo': { url: said('logo'), href: said('logo'), altText: image('logo') },
  },
  servers: [{ url: 'https://x.test', description: image('server') }],
  tags: [{ name: 'tag', description: image('tag'), 'x-displayName': image('display'), 'x-traitTag': true }],
  paths: Object.fromEntries([
    ...vectors.map(({ id, text }) => [
      `/${id}`,
      {
        get: {
          operationId: id,
          summary: `Operation ${id}`,
          description: `${text}\n`,
          tags: ['tag'],
          responses: { 200: { description: text } },
        },
      },
    ]),
    [
      '/rest',
      {
        post: {
          operationId: 'rest',
          summary: `Rest ${image('operation')}`,
          tags: ['tag'],
          'x-codeSamples': [{ lang: 'html', label: image('sample'), source: image('sample') }],
          'x-badges': [{ name: image('badge'), color: `url(${said('badge')})` }],
          parameters: [
            {
              name: 'x-kept',
              in: 'header',
              description: image('parameter'),
              schema: { type: 'string', enum: ['a'], 'x-enumDescriptions': { a: image('enum') } },
            },
          ],
          requestBody: {
            content: {
              'application/json': {
                schema: {
                  title: image('schema'),
                  type: 'object',
                  properties: {
                    'x-kept-too': { type: 'string', description: image('property') },
                    data: { type: 'object', example: { $ref: secret } },
                  },
                },
                examples: {
                  here: { summary: image('example'), description: image('example'), value: { $ref: secret } },
                  file: { externalValue: secret },
                  host: { externalValue: said('example') },
                },
              },
            },
          },
          responses: { 200: { description: 'Fine', headers: { 'X-H': { description: image('header') } } } },
        },
      },
    ],
  ]),
  webhooks: Object.fromEntries([
    ['__proto__', { post: { operationId: 'hook', description: 'Kept', responses: { 200: { description: 'Fine' } } } }],
  ]),
});

let root = '';
let workspace: Workspace;
let browser: Browser;
let page = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'countersign-docs-hostile-'));
  workspace = openWorkspace(root);
  await mkdir(join(root, 'specs/acme'), { recursive: true });
  const secret = join(root, 'secret.yaml');
  await writeFile(secret, 'content: a-secret-of-the-disk');
  await writeFile(join(root, 'specs/acme/openapi.json'), JSON.stringify(hostileDocument(secret)));
  await buildDocs(workspace, ['acme']);
  page = await readFile(join(root, 'dist/docs/acme.html'), 'utf8');
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await rm(root, { recursive: true, force: true });
});

/** Every operation of a page, and finally the collapsed parts. */
async function readAll(opened: Page): Promise<void> {
  await opened.getByText('tag').first().waitFor();
  const click = (selector: string, from: number, to?: number) =>
    opened.evaluate(
      ([every, first, last]) => {
        for (const element of [...document.querySelectorAll<HTMLElement>(every)].slice(first, last)) element.click();
      },
      [selector, from, to] as const,
    );
  for (let index = 0; index < vectors.length + 4; index += 1) {
    await click('ul a[href]', index, index + 1);
    await opened.waitForTimeout(50);
  }
  await click('main [aria-expanded=false]', 0);
  await opened.waitForTimeout(200);
}

/** Actions that a page with only text does not perform. */
async function watchPage(url: string): Promise<{ readonly opened: Page; readonly done: string[] }> {
  const opened = await browser.newPage();
  const done: string[] = [];
  await opened.route('**/*', (route) => {
    const asked = route.request().url();
    if (asked === url || asked.startsWith('data:') || asked.startsWith('blob:')) return route.continue();
    done.push(asked);
    return route.abort();
  });
  opened.on('framenavigated', (frame) => {
    if (frame.parentFrame() !== null || !frame.url().startsWith(url)) done.push(`went to ${frame.url()}`);
  });
  opened.on('pageerror', (error) => done.push(error.message));
  await opened.goto(url);
  await readAll(opened);
  return { opened, done };
}

const ways = ['from the mock', 'as a file'] as const;

describe.each(ways)('a page of a hostile document, opened %s', (way) => {
  let url = '';
  let opened: Page;
  let done: string[];
  let close = async (): Promise<void> => {};
  beforeAll(async () => {
    url = pathToFileURL(join(root, 'dist/docs/acme.html')).href;
    if (way === 'from the mock') {
      const gateway = await startGateway({
        pages: openPages({ workspace, url: () => '', providerAtRoot: false, stateful: false }),
      });
      url = `${gateway.url}/docs/acme.html`;
      close = gateway.close;
    }
    ({ opened, done } = await watchPage(url));
  });
  afterAll(() => close());

  it.each(vectors)('does not run, load or follow $title', ({ id }) => {
    expect(done.filter((each) => each.includes(id))).toEqual([]);
  });

  it('performs no other action', async () => {
    expect(done).toEqual([]);
    const found = await opened.evaluate(() => ({
      run: (top as unknown as { readonly run?: unknown }).run,
      elements: document.querySelectorAll(
        '[data-component-name="Markdown/Markdown"] :is(iframe, img, form, video, object, embed, style, svg use), [src^=http]',
      ).length,
      addresses: [...document.querySelectorAll('[href]')]
        .map((element) => element.getAttribute('href') ?? '')
        .filter((href) => /^\s*java\s*script:/i.test(href)),
      seen: getComputedStyle(document.body).display,
    }));
    expect(found).toEqual({ run: undefined, elements: 0, addresses: [], seen: 'block' });
  });

  it('shows the text of the document', async () => {
    await opened.goto(url);
    const shown = async () => (await opened.evaluate(() => document.body.innerText)).replaceAll('\u2060', '');
    await expect
      .poll(shown)
      .toContain('See https://cdn.redoc.ly/x, API docs by Evil, Map<string, number> and https://x.test/a.');
    expect(await shown()).toContain(`T ${image('title')}`);
    expect(await shown()).not.toContain('&lt;');
  });

  it('cannot call the console, even if a script ran in it', async () => {
    const asked = await opened.evaluate(async (path) => {
      try {
        return (await fetch(path)).status;
      } catch {
        return 'refused';
      }
    }, '/__console/api/state');
    expect(asked).toBe('refused');
    if (way === 'from the mock') expect(await opened.evaluate(() => origin)).toBe('null');
  });
});

describe('a page of a hostile document', () => {
  it('contains no file from the disk', () => {
    expect(page).not.toContain('a-secret-of-the-disk');
  });

  it('keeps names that look like extensions, and the webhook __proto__', () => {
    for (const name of ['x-kept', 'x-kept-too', '__proto__']) expect(page).toContain(`"${name}"`);
    // Only samples that the toolkit writes are on the page.
    expect(page).toContain('x-codeSamples":[');
    expect(page).not.toContain('"lang":"html"');
  });

  it('replaces a symbolic link at its path, and does not change the target', async () => {
    const victim = join(root, 'victim.html');
    const folder = join(root, 'linked');
    await mkdir(folder);
    await writeFile(victim, 'mine');
    for (const name of ['acme.html', 'index.html']) await symlink(victim, join(folder, name));
    await buildDocs(workspace, ['acme'], folder);
    expect(await readFile(victim, 'utf8')).toBe('mine');
    expect(await readFile(join(folder, 'acme.html'), 'utf8')).toContain('__redoc_definition');
  });
});

describe('text, addresses and data', () => {
  it.each([
    ['1 < 2 and a<b>c</b>', '1 < 2 and a<\u2060b>c<\u2060/b>'],
    ['`Map<string>` {% x %} {{ y }}', '`Map<\u2060string>` {\u2060% x %} {{ y }}'],
    ['![i](u) [l](u) wow!', '!\u2060[i](u) [l](u) wow!'],
    ['<https://x.test> <https://x "> <!-- <?', '<https://x.test> <\u2060https://x "> <\u2060!-- <\u2060?'],
  ])('%s', (given, want) => {
    expect(harmlessText(given)).toBe(want);
  });

  it.each([
    ['https://x.test/a', 'https://x.test/a'],
    ['/terms', '/terms'],
    ['{scheme}://x.test', '{scheme}://x.test'],
    ['localhost:80', 'localhost:80'],
    ['JavaScript:alert(1)', '#'],
    [' java\nscript:alert(1)', '#'],
    ['\u0001data:text/html,x', '#'],
    ['file:///etc/passwd', '#'],
  ])('%j leads to %s', (given, want) => {
    expect(harmlessUrl(given)).toBe(want);
  });

  it('shows data unchanged, and follows no reference in it', () => {
    const data = { $ref: '/etc/passwd', list: [{ externalValue: '/etc/passwd' }], n: 1 };
    expect(JSON.stringify(harmlessData(data)).replaceAll('\u2060', '')).toBe(JSON.stringify(data));
    expect(harmlessData(data)).not.toHaveProperty('$ref');
  });
});
