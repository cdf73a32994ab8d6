import { rm } from 'node:fs/promises';
import type { FireReport } from '@countersign/runtime/mock/fire';
import { listen } from '@countersign/runtime/server/node';
import { expect, test } from 'vitest';
import { openOutput } from '../../scripts/commands/cli/output.ts';
import { fireAndPrint } from '../../scripts/commands/mock/fire.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { documentOf, operation, writeWorkspace } from './support.ts';

/** A plugin that knows how one of the webhooks is sent. */
const plugin = `export const fire = async ({ to, onCall }) => {
  const { status } = await fetch(to, { method: 'POST', headers: { 'x-by': 'plugin' }, body: '{}' });
  const call = { operation: 'event', what: 'event', ok: true, status, body: '', ms: 1, problem: undefined };
  onCall?.(call);
  return { ok: true, summary: '1 of 1 was taken.', details: [], calls: [call] };
};
`;
const callbacks = { done: { '{$request.body#/url}': { post: operation('done', { security: [] }) } } };
const document = documentOf({
  paths: { '/jobs': { post: operation('startJob', { security: [], callbacks }) } },
  webhooks: {
    event: { post: operation('event', { security: [] }) },
    other: { post: operation('other', { security: [] }) },
  },
});

test.each([
  ['by the contract', {}, ['', '', '']],
  ['by a plugin that fires one of them', { 'plugins/partner/fire.ts': plugin }, ['', '', 'plugin']],
])('every webhook and callback is fired, %s', async (_, files, by) => {
  const got: string[] = [];
  const server = {
    fetch: async (request: Request) => {
      got.push(request.headers.get('x-by') ?? '');
      return Response.json({ ok: true });
    },
  };
  const on = await listen(server);
  const root = await writeWorkspace(document, files);
  const lines: string[] = [];
  const output = {
    ...openOutput(process.stdout, process.stderr, { CI: '1' }),
    out: (line: string) => void lines.push(line),
  };
  const code = await fireAndPrint(
    openWorkspace(root),
    'partner',
    { to: on.url, count: 1, json: true },
    output as never,
  );
  await rm(root, { recursive: true, force: true });
  await on.close();
  const report = JSON.parse(lines.join('\n')) as FireReport;
  expect([code, report.ok, report.calls.map((call) => call.operation).sort()]).toEqual([
    0,
    true,
    ['done', 'event', 'other'],
  ]);
  expect(got.sort()).toEqual(by);
});
