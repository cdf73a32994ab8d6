import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { afterAll, describe, expect, test } from 'vitest';
import { runFlows } from '../../scripts/flows/run-flows.ts';
import type { FlowResult } from '../../scripts/flows/types.ts';
import { type LoadedSandbox, loadSandboxes } from '../../scripts/serve/load-sandboxes.ts';
import { openWorkspace } from '../../scripts/workspace.ts';
import { run } from '../cli/run.ts';

const ROOT = join(import.meta.dirname, '../..');
const WORKSPACE = openWorkspace(ROOT);
/** Milliseconds: a database and a process of respect for each provider. */
const LONG = 90_000;

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

describe('the flows of every provider', { timeout: LONG }, () => {
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
async function answering(provider: string, answer: (request: Request) => Response): Promise<readonly LoadedSandbox[]> {
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

describe('a sandbox that answers wrongly', { timeout: LONG }, () => {
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

describe('the command', { timeout: LONG }, () => {
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

  test('runs nothing where one that was asked for has no flows', async () => {
    const { code, out, err } = await run(['flows', 'hive', 'naver'], ROOT);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('specs/naver/flows.arazzo.yaml');
  });
});
