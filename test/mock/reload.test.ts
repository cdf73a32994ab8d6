import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openOutput } from '../../scripts/commands/cli/output.ts';
import { type RunningMock, startMock } from '../../scripts/commands/mock/start.ts';
import { openWorkspace, type Workspace } from '../../scripts/config/workspace.ts';
import { limit } from '../run/slowness.ts';
import { root } from './support.ts';

let folder = '';
let workspace: Workspace;
let mock: RunningMock | undefined;
const printed: string[] = [];
const output = {
  ...openOutput(process.stdout, process.stderr, {}),
  interactive: false,
  out: (line: string) => void printed.push(line),
  err: (line: string) => void printed.push(line),
};
const options = {
  providers: ['moonpacket'],
  atRoot: false,
  port: 0,
  host: '127.0.0.1',
  verify: false,
  watch: true,
  stateful: false,
  seed: '1',
} as const;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-reload-'));
  workspace = openWorkspace(folder);
  await cp(join(root, 'specs/moonpacket'), join(folder, 'specs/moonpacket'), { recursive: true });
  await cp(join(root, 'plugins/moonpacket/signing.ts'), join(folder, 'plugins/moonpacket/signing.ts'));
  await mkdir(join(folder, 'node_modules'), { recursive: true });
  await symlink(join(root, 'node_modules/@countersign'), join(folder, 'node_modules/@countersign'));
  printed.length = 0;
});
afterEach(async () => {
  await mock?.close();
  await rm(folder, { recursive: true, force: true });
});

const rules = async (): Promise<string> => (await fetch(`${mock?.url}/moonpacket/check`)).text();

async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  const end = Date.now() + limit(60_000);
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`It did not happen. Printed:\n${printed.join('\n')}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function edit(change: (text: string) => string): Promise<void> {
  const file = join(folder, 'specs/moonpacket/openapi.yaml');
  await writeFile(file, change(await readFile(file, 'utf8')));
}

describe('a saved spec', () => {
  it('is served at once; an invalid one is reported with its location, and the last valid one stays', async () => {
    mock = await startMock(workspace, options, output);
    expect(await rules()).toContain('"gt":99');
    await edit((text) => text.replaceAll('gt: 99', 'gt: 98'));
    await until(async () => (await rules()).includes('"gt":98'));

    await edit((text) => text.replace('paths:', 'paths: ['));
    await until(() => printed.some((line) => /openapi\.yaml:\d+:\d+/.test(line)));
    expect(await rules()).toContain('"gt":98');

    await edit((text) => text.replace('paths: [', 'paths:').replaceAll('gt: 98', 'gt: 97'));
    await until(async () => (await rules()).includes('"gt":97'));
  });

  it('reloads a signing plugin, too', async () => {
    mock = await startMock(workspace, { ...options, verify: true }, output);
    const { gateway } = mock;
    const signed = async () => {
      const { provider } = (await gateway.slots[0]?.get()) ?? {};
      return provider?.signers.moonpacketSignature?.stringToSign({ query: [], timestamp: '1', nonce: '2' } as never);
    };
    const before = await signed();
    const file = join(folder, 'plugins/moonpacket/signing.ts');
    await writeFile(
      file,
      `${await readFile(file, 'utf8')}\nObject.assign(moonpacketSignature, { stringToSign: () => 'new' });\n`,
    );
    await until(async () => (await signed()) === 'new');
    expect(before).not.toBe('new');
  });

  it('prints its URL and that it verifies nothing', async () => {
    mock = await startMock(workspace, options, output);
    expect(mock.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(printed.join('\n')).toContain(`${mock.url}/moonpacket`);
    expect(printed.join('\n')).toContain('--no-verify');
  });

  it('prints the URL of the guide, or how to build it', async () => {
    mock = await startMock(workspace, { ...options, atRoot: false }, output);
    expect(printed.join('\n')).toContain('npm run docs:site');
    expect((await fetch(`${mock.url}/guide/`)).status).toBe(404);
    await mock.close();
    printed.length = 0;
    await mkdir(join(folder, 'dist/site/guide'), { recursive: true });
    await writeFile(join(folder, 'dist/site/guide/index.html'), '<!doctype html><title>Guide</title>');
    mock = await startMock(workspace, { ...options, atRoot: false }, output);
    expect(printed.join('\n')).toMatch(new RegExp(`guide +${mock.url}/guide/`));
    expect(printed.join('\n')).not.toContain('docs:site');
    expect(await (await fetch(`${mock.url}/guide/`)).text()).toContain('<title>Guide</title>');
  });
});
