import { rm } from 'node:fs/promises';
import type { FireReport } from '@countersign/runtime/mock/fire';
import { listen } from '@countersign/runtime/server/node';
import { expect, test } from 'vitest';
import { openOutput } from '../../scripts/commands/cli/output.ts';
import { fireAndPrint } from '../../scripts/commands/mock/fire.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { documentOf, operation, writeWorkspace } from './support.ts';

/** A plugin that fires these operations, each with the outcome that the receiver has for it. */
const plugin = (operations: readonly string[], ok = true): string => `export const fire = async ({ to, onCall }) => {
  const calls = [];
  for (const operation of ${JSON.stringify(operations)}) {
    const { status } = await fetch(to, { method: 'POST', headers: { 'x-by': 'plugin' }, body: '{}' });
    const call = { operation, what: operation, ok: ${ok}, status, body: '', ms: 1, problem: undefined };
    onCall?.(call);
    calls.push(call);
  }
  return { ok: ${ok}, summary: 'The plugin fired.', details: [], calls };
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

const ALL = ['done', 'event', 'other'];
type Row = readonly [
  what: string,
  fires: string | undefined,
  operations: readonly string[],
  byPlugin: number,
  code: 0 | 1,
];
const rows: readonly Row[] = [
  ['by the contract', undefined, ALL, 0, 0],
  ['by a plugin that fires one', plugin(['event']), ALL, 1, 0],
  ['by a plugin that fires another', plugin(['other']), ALL, 1, 0],
  ['by a plugin that fires a callback', plugin(['done']), ALL, 1, 0],
  ['by a plugin that fires two', plugin(['event', 'done']), ALL, 2, 0],
  ['by a plugin that fires all', plugin(ALL), ALL, 3, 0],
  ['by a plugin that fires none', plugin([]), ALL, 0, 0],
  [
    'by a plugin that fires one three times',
    plugin(['event', 'event', 'event']),
    ['done', 'event', 'event', 'event', 'other'],
    3,
    0,
  ],
  ['by a plugin with a name that is not an operation', plugin(['row 1']), [...ALL, 'row 1'], 1, 0],
  ['by a plugin that failed', plugin(['event'], false), ALL, 1, 1],
];

test.each(rows)('every webhook and callback is fired, %s', async (_, fires, operations, byPlugin, wanted) => {
  const files = fires === undefined ? {} : { 'plugins/partner/fire.ts': fires };
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
    wanted,
    wanted === 0,
    operations,
  ]);
  expect(got.filter((by) => by === 'plugin')).toHaveLength(byPlugin);
  expect(got).toHaveLength(operations.length);
});
