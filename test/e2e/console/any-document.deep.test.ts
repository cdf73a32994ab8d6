import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noShelf } from '@countersign/runtime/mock';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadMockProvider } from '../../../scripts/commands/mock/load-provider.ts';
import { openWorkspace } from '../../../scripts/config/workspace.ts';
import { openBrowser, screenshot } from '../../browser/open.ts';
import { type Started, startConsole } from '../../mock/support.ts';
import { violations } from './violations.ts';

const json = (schema: object) => ({ 'application/json': { schema } });
const note = { $ref: '#/components/schemas/Note' };
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const described = {
  type: 'object',
  required: ['picture', 'note'],
  properties: {
    picture: { type: 'string', format: 'binary', description: 'Shown beside the `note`.' },
    note: { type: 'string', minLength: 3, description: 'At least three characters.' },
    tags: { type: 'array', items: { type: 'string' } },
  },
};

const DOCUMENT = {
  openapi: '3.1.0',
  info: { title: 'Notes', version: '2.1.0' },
  servers: [{ url: 'https://api.notes.example' }],
  components: {
    schemas: {
      Note: {
        type: 'object',
        required: ['id', 'text'],
        properties: { id: { type: 'string', readOnly: true }, text: { type: 'string' } },
        example: { id: 'n1', text: 'Buy milk' },
      },
    },
  },
  paths: {
    '/notes': {
      get: {
        operationId: 'listNotes',
        parameters: [
          {
            name: 'limit',
            in: 'query',
            description: 'Notes of one page.',
            example: 5,
            schema: { type: 'integer', default: 20 },
          },
        ],
        responses: { 200: { description: 'Notes.', content: json({ type: 'array', items: note }) } },
      },
      post: {
        operationId: 'addNote',
        requestBody: { required: true, content: json(note) },
        responses: { 201: { description: 'Created.', content: json(note) } },
      },
    },
    '/notes/{id}': {
      get: {
        operationId: 'getNote',
        parameters: [id],
        responses: {
          200: { description: 'The note.', content: json(note) },
          404: { description: 'None.', content: json({ type: 'object' }) },
        },
      },
    },
    '/pictures/{id}': {
      put: {
        operationId: 'putPicture',
        parameters: [{ ...id, description: 'Of the note.', example: 'n1' }],
        requestBody: { required: true, content: { 'multipart/form-data': { schema: described } } },
        responses: { 204: { description: 'Stored.' } },
      },
    },
  },
  webhooks: {
    noteAdded: {
      post: {
        operationId: 'noteAdded',
        requestBody: { required: true, content: json(note) },
        responses: { 200: { description: 'Received.' } },
      },
    },
  },
};

let browser: Browser;
let folder = '';
let mock: Started;
let page: Page;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-console-'));
  await mkdir(join(folder, 'specs/notes'), { recursive: true });
  await writeFile(join(folder, 'specs/notes/openapi.json'), JSON.stringify(DOCUMENT));
  const provider = await loadMockProvider(openWorkspace(folder), 'notes');
  mock = await startConsole({ providers: [{ name: 'notes', load: async () => provider }], shelf: noShelf });
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  await page.addInitScript({ path: createRequire(import.meta.url).resolve('axe-core') });
});
afterAll(async () => {
  await browser?.close();
  await mock?.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await page.goto(mock.url);
  await page.locator('main .tiles').waitFor();
});

const go = async (path: string, ready: string): Promise<void> => {
  await page.goto(`${mock.url}/#/notes${path}`);
  await page.locator(ready).first().waitFor();
};
const send = async (): Promise<string> => {
  const seen = await page.locator('.log ol > li').count();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.locator('.log ol > li').nth(seen).waitFor();
  return (await page.getByRole('status', { name: 'Result' }).textContent()) ?? '';
};
const notes = async (): Promise<readonly { readonly id: string; readonly text: string }[]> =>
  (await (await fetch(`${mock.url}/notes/notes`)).json()) as never;
const add = (text: string): Promise<Response> =>
  fetch(`${mock.url}/notes/notes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text }),
  });

describe('the console of any document', () => {
  it('fills in parameters, and describes them', async () => {
    await go('/listNotes', '#send');
    const limit = page.getByLabel('limit');
    expect(await limit.inputValue()).toBe('5');
    const about = page.locator(`#${await limit.getAttribute('aria-describedby')}`);
    expect(await about.textContent()).toBe('Notes of one page.Default: 20');
    expect(await send()).toContain('HTTP 200');
    expect(await violations(page)).toEqual([]);
  });

  it('sends a form with a selected file, and shows an error at its field', async () => {
    await go('/putPicture', '#send');
    await page.getByText('Shown beside the').waitFor();
    await page.getByLabel('note', { exact: false }).last().fill('x');
    await page.locator('.bad-text').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await screenshot(page, 'console-form-flaw');
    await page.getByLabel('note', { exact: false }).last().fill('With a picture');
    const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]);
    await page.getByLabel('picture').setInputFiles({ name: 'my cat.png', mimeType: 'image/png', buffer: bytes });
    await page.getByText('7 bytes · image/png').waitFor();
    await page.getByLabel('Add a field').fill('extra');
    await page.getByRole('button', { name: 'Add text' }).click();
    await page.getByLabel('extra').fill('more');
    expect(await send()).toContain('HTTP 204');
    const entry = mock.gateway.log.recent().at(-1);
    expect(entry).toMatchObject({ operation: 'putPicture', status: 204, problems: [] });
    expect(entry?.request.body).toContain('filename="my cat.png"');
    expect(entry?.request.body).toContain('(7 bytes)');
    expect(entry?.request.body).toContain('With a picture');
    expect(entry?.request.body).toContain('name="extra"');
    await screenshot(page, 'console-form-sent');
  });

  it('removes created items, and loads the examples of the contract', async () => {
    await go('', 'main .listing');
    await add('Created by a client');
    expect((await notes()).map(({ text }) => text)).toContain('Created by a client');
    const state = page.locator('section', { has: page.getByRole('heading', { name: 'State' }) });
    expect(await violations(page)).toEqual([]);
    await screenshot(page, 'console-state');
    await state.getByRole('button', { name: 'Reset', exact: true }).click();
    await expect.poll(notes).toEqual([]);
    await state.getByRole('button', { name: 'Reset and seed' }).click();
    await expect.poll(async () => (await notes()).length).toBeGreaterThan(0);
    expect((await notes()).map(({ text }) => text)).toEqual(['Buy milk']);
    await add('Once more');
    await page.goto(mock.url);
    await page.getByRole('button', { name: 'Reset the mock' }).click();
    await expect.poll(notes).toEqual([]);
  });

  it('lists each message with its attempts, and sends it again', async () => {
    const bodies: string[] = [];
    const failing = { left: 1 };
    const receiver: Server = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => {
        bodies.push(text);
        failing.left -= 1;
        response.writeHead(failing.left >= 0 ? 503 : 200, { connection: 'close' }).end('{}');
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const { port } = receiver.address() as AddressInfo;
    await go('/noteAdded', '#send');
    await page.getByRole('link', { name: 'Send it to my server' }).click();
    expect(await page.getByLabel('Event').inputValue()).toBe('noteAdded');
    await expect.poll(() => page.title()).toBe('Webhooks · Notes · Countersign mock');
    await page.getByLabel('Your endpoint').fill(`http://127.0.0.1:${port}/hooks`);
    await page.getByRole('button', { name: 'Fire' }).click();
    const messages = page.getByRole('region', { name: 'Messages' });
    await messages.getByRole('listitem').first().waitFor();
    const sent = bodies.length;
    await messages.locator('summary').first().click();
    await messages.getByText('Attempts', { exact: true }).waitFor();
    expect(await violations(page)).toEqual([]);
    await screenshot(page, 'console-messages');
    failing.left = 0;
    await messages
      .getByRole('button', { name: /^Resend message/ })
      .first()
      .click();
    await messages.getByText('Accepted.').waitFor();
    expect(bodies.length).toBe(sent + 1);
    expect(new Set(bodies)).toEqual(new Set(['{"id":"n1","text":"Buy milk"}']));
    await new Promise((resolve) => receiver.close(resolve));
  });
});
