import { cp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FaultError } from '../../scripts/common/diagnostics/diagnostic.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { generate } from '../../scripts/generate/index.ts';
import { makeWorkspace } from '../cli/run.ts';

// The test replaces a module that the fast run shares between files.
vi.mock('../../scripts/generate/make-provider.ts', async (original) => {
  const made = await original<typeof import('../../scripts/generate/make-provider.ts')>();
  return {
    ...made,
    makeProvider: async (...args: Parameters<typeof made.makeProvider>) => {
      const [, provider] = args;
      if (provider.startsWith('broken')) throw new RangeError(`deep in ${provider}`);
      // The failure occurs before this one has written to the staging folder.
      await setTimeout(200);
      return made.makeProvider(...args);
    },
  };
});

let root: string;
beforeEach(async () => {
  root = await makeWorkspace();
  for (const name of ['broken-a', 'broken-b'])
    await cp(join(root, 'specs/acme'), join(root, 'specs', name), { recursive: true });
});
afterEach(() => rm(root, { recursive: true }));

const wanted = [
  { provider: 'broken-a', message: expect.stringMatching(/^RangeError: deep in broken-a\n +at /) },
  { provider: 'broken-b', message: expect.stringMatching(/^RangeError: deep in broken-b\n +at /) },
];

test('a bug is reported with its provider, and no files are left behind', async () => {
  const error = await generate(openWorkspace(root)).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(FaultError);
  expect((error as FaultError).faults).toEqual(wanted);
  expect(await readdir(join(root, 'generated')).catch(() => [])).toEqual([]);
});

test('the other packages are written with keepGoing', async () => {
  const { reports, faults } = await generate(openWorkspace(root), { keepGoing: true });
  expect(faults).toEqual(wanted);
  expect(reports.map(({ provider }) => provider)).toEqual(['acme']);
  expect(await readdir(join(root, 'generated'))).toEqual(['acme']);
});
