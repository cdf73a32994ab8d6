import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { lintSpec } from '../../scripts/lint/index.ts';
import { loadSpec } from '../../scripts/load/index.ts';
import { buildApi } from '../../scripts/model/index.ts';
import { expandWith } from '../expand/expand-with.ts';

const folder = mkdtempSync(join(tmpdir(), 'countersign-reserved-name-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const textOf = (operationId: string): string =>
  JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: { '/a': { get: { operationId, responses: { 204: { description: 'ok' } } } } },
  });

async function codesOf(operationId: string, profile: 'strict' | 'essential') {
  const file = join(folder, 'openapi.json');
  writeFileSync(file, textOf(operationId));
  const found = await lintSpec(await loadSpec(file), { profile });
  return found.filter(({ code }) => code === 'operation-reserved-name');
}

describe('an operationId that is a reserved word causes a warning, which shows the name in the code', () => {
  test.each([
    ['delete', 'delete2'],
    ['Delete', 'delete2'],
    ['new', 'new2'],
    ['import', 'import2'],
    ['default', 'default2'],
    ['any', 'any2'],
    ['type', 'type2'],
    ['then', 'then2'],
    ['toString', 'toString2'],
    ['constructor', 'constructor2'],
    ['api', 'api2'],
    ['operations', 'operations2'],
  ])('%s', async (operationId, name) => {
    for (const profile of ['strict', 'essential'] as const) {
      const [first, ...others] = await codesOf(operationId, profile);
      expect([first?.severity, others]).toEqual(['warning', []]);
      expect(first?.message).toContain(`\`${name}\``);
    }
    const api = buildApi(await expandWith({ 'openapi.yaml': textOf(operationId) }), 'other');
    expect(api.operations.map(({ identifier }) => identifier)).toEqual([name]);
  });

  test.each(['get', 'put', 'post', 'head', 'list', 'deleteUser', 'typed', 'name', 'length', 'call', 'fetch'])(
    '%s is a valid name',
    async (operationId) => {
      expect(await codesOf(operationId, 'essential')).toEqual([]);
      const api = buildApi(await expandWith({ 'openapi.yaml': textOf(operationId) }), 'other');
      expect(api.operations.map(({ identifier }) => identifier)).toEqual([operationId]);
    },
  );
});
