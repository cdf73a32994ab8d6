import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listen } from '../../runtime/server/node.ts';
import type { FlowResult } from '../../scripts/commands/flows/types.ts';
import { run } from '../cli/run.ts';
import { ROOT, withFlows } from './with-flows.ts';

test('reports what respect reports for invalid flows', async () => {
  const root = await withFlows((text) => text.replaceAll('operationId: pushSuspensions', 'operationId: pushNothing'));
  const { code, out, err } = await run(['flows', 'hive', '--json'], root);
  expect({ code, err }).toEqual({ code: 1, err: '' });
  const { ok, flows } = JSON.parse(out) as { readonly ok: boolean; readonly flows: readonly FlowResult[] };
  expect(ok).toBe(false);
  expect(flows.map(({ workflow, passed }) => ({ workflow, passed }))).toEqual([
    { workflow: 'pushBatch', passed: false },
    { workflow: 'rejectBatch', passed: false },
  ]);
  expect(JSON.stringify(flows)).toContain('pushNothing');
  const annotated = await run(['flows', 'hive', '--format', 'github'], root);
  expect(annotated.code).toBe(1);
  expect(annotated.out).toMatch(
    /^::error file=specs\/hive\/flows\.arazzo\.yaml,line=1,col=1,title=flow-failed::pushBatch/m,
  );
});

test.each([
  ['data of any kind: all pass', '', true],
  [
    'rejects a step that calls a host itself',
    '      - stepId: leave\n        x-operation: { url: HOST/operation, method: get }\n',
    false,
  ],
])('sends nothing to other hosts: %s', async (_title, step, passes) => {
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
      flows: [{ workflow: 'pushBatch' }, { workflow: 'rejectBatch' }],
    });
  } finally {
    await host.close();
  }
});
