import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { runFlows } from '../../scripts/commands/flows/run-flows.ts';
import type { FlowResult } from '../../scripts/commands/flows/types.ts';
import { type LoadedSandbox, loadSandboxes } from '../../scripts/commands/serve/load-sandboxes.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { run } from '../cli/run.ts';
import { ROOT, withFlows } from './with-flows.ts';

const WORKSPACE = openWorkspace(ROOT);

describe('the flows of every provider', () => {
  test('pass against the sandbox', async () => {
    const { code, out, err } = await run(['flows', '--json'], ROOT);
    const { ok, flows } = JSON.parse(out) as { readonly ok: boolean; readonly flows: readonly FlowResult[] };
    expect(flows.flatMap(({ problems }) => problems)).toEqual([]);
    expect(flows.map(({ provider, workflow }) => `${provider} ${workflow}`)).toEqual([
      'dailyplay useOnce',
      'dailyplay reject',
      'dicey-fun playSession',
      'dicey-fun overdraft',
      'hive pushBatch',
      'hive rejectBatch',
      'moonpacket twoModes',
      'moonpacket reject',
      'plattr rewardByMail',
      'plattr rewardTwice',
    ]);
    expect(flows.every(({ passed, steps, passedSteps }) => passed && steps > 0 && passedSteps === steps)).toBe(true);
    expect({ ok, code, err }).toEqual({ ok: true, code: 0, err: '' });
  });
});

/** The sandbox of a provider with replaced responses. */
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

describe('flows fail against a sandbox with wrong responses', () => {
  test('which accepts what it must reject', async () => {
    const results = await runFlows(WORKSPACE, await answering('hive', () => Response.json({ result_code: 0 })));
    expect(results.map(outcome)).toEqual([
      { workflow: 'pushBatch', passed: true, passedSteps: 3, failed: [] },
      {
        workflow: 'rejectBatch',
        passed: false,
        passedSteps: 0,
        failed: ['wrongKey: success criteria check', 'wrongKey: success criteria check'],
      },
    ]);
  });

  test('whose body does not match the document', async () => {
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

describe('the command', () => {
  test('exits with 1 for one wrong expectation, and reports its location', async () => {
    const root = await withFlows((text) => text.replace('$statusCode == 401', '$statusCode == 403'));
    const { code, out, err } = await run(['flows', 'hive'], root);
    expect(code).toBe(1);
    expect(out.split('\n').map((line) => line.trim().split(/ +/))).toEqual([
      ['provider', 'workflow', 'steps', 'passed'],
      ['hive', 'pushBatch', '3/3', 'yes'],
      ['hive', 'rejectBatch', '0/3', 'no'],
      [''],
    ]);
    expect(err).toContain('hive / rejectBatch / wrongKey: success criteria check');
    expect(err).toContain('$statusCode == 403');
    expect(err).not.toContain('hive_demo_');
  });

  test('sends a payload with the key $ref unchanged', async () => {
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
});
