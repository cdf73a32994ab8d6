import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadMockProvider } from '../../scripts/commands/mock/load-provider.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { run } from '../cli/run.ts';
import { EVERY_DOCUMENT } from '../real/documents.ts';
import { openBoth } from './agreement/both-servers.ts';
import { compareVerdicts } from './agreement/compare.ts';
import { EVENT_STREAMS } from './agreement/event-streams.ts';
import { MEDIA_TYPES } from './agreement/media-types.ts';
import { requestEveryResponse } from './agreement/responses.ts';

/** Documents whose responses are all requested. */
const ANSWERED = [
  'galaxy',
  'train-travel',
  'petstore',
  'callbacks',
  'discriminators',
  'polymorphism',
  'circular',
  'file-uploads',
  'readme',
  'webhooks',
  'star-trek',
];
/** Documents whose verdicts are compared. In `schema-types`, two schemas have no valid value. */
const COMPARED = [...ANSWERED, 'schema-types'];
/** Documents with every kind of media type. */
const OWN = { 'media-types': MEDIA_TYPES, 'event-streams': EVENT_STREAMS };
const IMPOSSIBLE = /quirks_(entirelyIncompatible|partiallyUsableIncompatible)AllOf/;

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'countersign-agreement-'));
  await symlink(join(import.meta.dirname, '../../node_modules'), join(root, 'node_modules'));
  for (const name of COMPARED) {
    const file = EVERY_DOCUMENT.find((one) => one.name === name)?.file ?? '';
    await mkdir(join(root, 'specs', name), { recursive: true });
    await cp(file, join(root, 'specs', name, `openapi${extname(file)}`));
  }
  for (const [name, document] of Object.entries(OWN)) {
    await mkdir(join(root, 'specs', name), { recursive: true });
    await writeFile(join(root, 'specs', name, 'openapi.json'), JSON.stringify(document));
  }
  const providers = Object.fromEntries([...COMPARED, ...Object.keys(OWN)].map((name) => [name, { lint: 'essential' }]));
  await writeFile(join(root, 'countersign.config.ts'), `export default ${JSON.stringify({ providers })};\n`);
  const { code, err } = await run(['generate'], root);
  if (code !== 0) throw new Error(err);
});
afterAll(() => rm(root, { recursive: true, force: true }));

const open = async (name: string) =>
  openBoth(await loadMockProvider(openWorkspace(root), name), join(root, 'generated', name));

describe('every declared response is valid by the generated validator, static and dynamic', () => {
  it.each([...ANSWERED, ...Object.keys(OWN)])('%s', async (name) => {
    const { asked, wrong } = await requestEveryResponse(await open(name));
    expect(wrong).toEqual([]);
    expect(asked).toBeGreaterThan(0);
  });
});

describe('the mock and the generated server accept and reject the same requests', () => {
  it.each([...COMPARED, ...Object.keys(OWN)])('%s', async (name) => {
    const { accepted, refused, wrong } = await compareVerdicts(await open(name), ['a'], 6);
    expect(wrong.filter((one) => !IMPOSSIBLE.test(one))).toEqual([]);
    expect(accepted).toBeGreaterThan(0);
    if (name === 'media-types') expect(refused).toBeGreaterThan(20);
  });
});
