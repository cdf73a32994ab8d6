import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, test } from 'vitest';
import { expectMadeOrRefused } from './wrong-kinds.ts';

const folder = mkdtempSync(join(tmpdir(), 'countersign-kinds-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ['strict', 300],
  ['essential', 1_500],
] as const)('%s: %i documents with an error are generated or rejected with a location', async (profile, count) => {
  await expectMadeOrRefused(join(folder, 'openapi.json'), profile, count);
});
