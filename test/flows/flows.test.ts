import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { afterAll, describe, expect, test } from 'vitest';
import { listen } from '../../runtime/server/node.ts';
import { runFlows } from '../../scripts/commands/flows/run-flows.ts';
import type { FlowResult } from '../../scripts/commands/flows/types.ts';
import { type LoadedSandbox, loadSandboxes } from '../../scripts/commands/serve/load-sandboxes.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { run } from '../cli/run.ts';

const ROOT = join(import.meta.dirname, '../..');
const WORKSPACE = openWorkspace(ROOT);
/** Milliseconds: a database and a process of respect for each provider. */

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

describe('the flows of every provider', () => {
  test('pass against the sandbox', async () => {
    const { code, out, err } = await run(['flows', '--json'], ROOT);
    const { ok, flows } = JSON.parse(out) as { readonly ok: boolean; readonly flows: readonly FlowResult[] };
    expect(flows.flatMap(({ problems }) => problems)).toEqual([]);
    expect(flows.map(({ provider, workflow }) => `${provider} ${workflow}`)).toEqual([
      'dailyplay useOnce',
      'dailyplay refuse',
      'dicey-fun playSession',
      'dicey-fun overdraft',
      'hive pushBatch',
      'hive refuseBatch',
      'moonpacket twoModes',
      'moonpacket refuse',
      'plattr rewardByMail',
      'plattr rewardTwice',
    ]);
    expect(flows.every(({ passed, steps, passedSteps }) => passed && steps > 0 && passedSteps === steps)).toBe(true);
    expect({ ok, code, err }).toEqual({ ok: true, code: 0, err: '' });
  });
});

/** The sandbox of a provider, its answers replaced. */
async function answering(
  provider: string,
  answer: (request: Request) => Response | Promise<Response>,
): Promise<readonly LoadedSandbox[]> {
  const [loaded] = await loadSandboxes(WORKSPACE, [provider]);
  if (loaded === undefined) throw new Error(`no sandbox of ${provider}`);
  const app = new Hono().all('*', ({ req }) => answer(req.raw));
  const { sandbox } = loaded;
  const open: typeof sandbox.open = async (context) => {
    const opened = await sandbox.open(context);
    return { ...opened, server: { ...opened.server, app: app as unknown as typeof opened.server.app } };
  };
  return [{ provider, sandbox: { ...sandbox, open } }];
}

const outcome = ({ workflow, passed, passedSteps, problems }: FlowResult) => ({
  workflow,
  passed,
  passedSteps,
  failed: problems.map(({ step, check }) => `${step}: ${check}`),
});

describe('a sandbox that answers wrongly', () => {
  test('that takes everything does not refuse what must be refused', async () => {
    const results = await runFlows(WORKSPACE, await answering('hive', () => Response.json({ result_code: 0 })));
    expect(results.map(outcome)).toEqual([
      { workflow: 'pushBatch', passed: true, passedSteps: 3, failed: [] },
      {
        workflow: 'refuseBatch',
        passed: false,
        passedSteps: 0,
        failed: ['wrongKey: success criteria check', 'wrongKey: success criteria check'],
      },
    ]);
  });

  test('whose body the document does not describe', async () => {
    const rules = { level: { gt: 99, about: 100 }, status: { eq: 'active' }, is_blacklist: { eq: false } };
    const [twoModes] = await runFlows(WORKSPACE, await answering('moonpacket', () => Response.json({ data: rules })));
    expect(twoModes && outcome(twoModes)).toMatchObject({
      passed: false,
      passedSteps: 0,
      failed: expect.arrayContaining(['rules: schema check']),
    });
    expect(twoModes?.problems.filter(({ step }) => step === 'rules')).toHaveLength(1);
  });
});

/** A workspace whose flows of Hive are changed; what else it has is this repository's. */
async function withFlows(change: (text: string) => string): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'countersign-flows-test-'));
  folders.push(root);
  await cp(join(ROOT, 'specs/hive'), join(root, 'specs/hive'), { recursive: true });
  const file = join(root, 'specs/hive/flows.arazzo.yaml');
  const text = await readFile(file, 'utf8');
  const changed = change(text);
  expect(changed).not.toBe(text);
  await writeFile(file, changed);
  for (const folder of ['plugins', 'generated']) await symlink(join(ROOT, folder), join(root, folder));
  return root;
}

describe('the command', () => {
  test('exits with 1 for one wrong expectation, and says where', async () => {
    const root = await withFlows((text) => text.replace('$statusCode == 401', '$statusCode == 403'));
    const { code, out, err } = await run(['flows', 'hive'], root);
    expect(code).toBe(1);
    expect(out.split('\n').map((line) => line.trim().split(/ +/))).toEqual([
      ['provider', 'workflow', 'steps', 'passed'],
      ['hive', 'pushBatch', '3/3', 'yes'],
      ['hive', 'refuseBatch', '0/3', 'no'],
      [''],
    ]);
    expect(err).toContain('hive / refuseBatch / wrongKey: success criteria check');
    expect(err).toContain('$statusCode == 403');
    expect(err).not.toContain('hive_demo_');
  });

  test('says what respect says of flows that are none', async () => {
    const root = await withFlows((text) => text.replaceAll('operationId: pushSuspensions', 'operationId: pushNothing'));
    const { code, out, err } = await run(['flows', 'hive', '--json'], root);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    const { ok, flows } = JSON.parse(out) as { readonly ok: boolean; readonly flows: readonly FlowResult[] };
    expect(ok).toBe(false);
    expect(flows.map(({ workflow, passed }) => ({ workflow, passed }))).toEqual([
      { workflow: 'pushBatch', passed: false },
      { workflow: 'refuseBatch', passed: false },
    ]);
    expect(JSON.stringify(flows)).toContain('pushNothing');
  });

  test.each([
    ['data of any kind: all pass', '', true],
    [
      'a step that calls a host itself: it is refused',
      '      - stepId: leave\n        x-operation: { url: HOST/operation, method: get }\n',
      false,
    ],
  ])('nothing is asked of other hosts: %s', async (_title, step, passes) => {
    const asked: string[] = [];
    const host = await listen({
      fetch: (request) => {
        asked.push(new URL(request.url).pathname);
        return Response.json({ type: 'object' });
      },
    });
    try {
      const root = await withFlows((text) =>
        text
          .replace('info:', `x-note: { $ref: '${host.url}/flows' }\ninfo:`)
          .replace('server_url: https', `$ref: '${host.url}/payload'\n            server_url: https`)
          .replace(
            '    steps:\n',
            `    x-file: { externalValue: '${host.url}/value' }\n    steps:\n${step.replace('HOST', host.url)}`,
          ),
      );
      await rm(join(root, 'generated'));
      await mkdir(join(root, 'generated/hive'), { recursive: true });
      for (const entry of await readdir(join(ROOT, 'generated/hive')))
        if (entry !== 'openapi.json')
          await symlink(join(ROOT, 'generated/hive', entry), join(root, 'generated/hive', entry));
      const document = JSON.parse(await readFile(join(ROOT, 'generated/hive/openapi.json'), 'utf8'));
      document['x-note'] = { $ref: `${host.url}/document` };
      for (const item of Object.values<Record<string, unknown>>(document.paths)) item.servers = [{ url: host.url }];
      document.components.examples = { far: { externalValue: `${host.url}/example` } };
      await writeFile(join(root, 'generated/hive/openapi.json'), JSON.stringify(document));
      const { out } = await run(['flows', 'hive', '--json'], root);
      expect(asked).toEqual([]);
      expect(JSON.parse(out)).toMatchObject({
        ok: passes,
        flows: [{ workflow: 'pushBatch' }, { workflow: 'refuseBatch' }],
      });
    } finally {
      await host.close();
    }
  });

  test('sends a payload with the key $ref as it is written', async () => {
    const bodies: unknown[] = [];
    const seen = async (request: Request): Promise<Response> => {
      bodies.push(await request.json());
      return Response.json({ result_code: 0 });
    };
    const text = await readFile(join(ROOT, 'specs/hive/flows.arazzo.yaml'), 'utf8');
    const root = await withFlows(() =>
      text.replace('server_url: https', "$ref: '#/info'\n            server_url: https"),
    );
    await runFlows(openWorkspace(root), await answering('hive', seen));
    expect(bodies[0]).toMatchObject({ $ref: '#/info', game_index: 539 });
  });

  test('runs nothing where one that was asked for has no flows', async () => {
    const { code, out, err } = await run(['flows', 'hive', 'naver'], ROOT);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('specs/naver/flows.arazzo.yaml');
  });
});
