import { join } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';
import { limit, measureSlowness } from './test/run/slowness.ts';

/** Files that only `npm run test:deep` runs: see vitest.deep.config.ts. */
export const DEEP = 'test/**/*.deep.test.ts';
/** Files that `npm run test:deep` runs too, with more: see test/run/deep.ts. */
export const BOTH = [
  'test/plugins/*/properties.test.ts',
  'test/build/build.test.ts',
  'test/diff/x-cs-words.test.ts',
  'test/release/changelog.test.ts',
  'test/types/engines.test.ts',
  'test/validators/documents.test.ts',
];
/** Files that only `npm run test:diff` runs: see vitest.diff.config.ts. */
export const DIFF = 'test/**/*.diff.test.ts';

// Read by `limit` here and in every test file.
process.env.TEST_SLOWNESS ??= String(measureSlowness());
// A workspace keeps compiled code in its own cache, and a test's workspace is new: each process would compile
// everything again.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules/.cache/countersign/test');

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, DEEP, DIFF],
    globalSetup: ['test/run/global-setup.ts'],
    setupFiles: ['test/setup.ts'],
    // Files of one worker share their modules, which are loaded once: setup.ts undoes the changes of a file.
    isolate: false,
    // Ends only hanging tests: no result depends on the load of the machine.
    testTimeout: limit(300_000),
    hookTimeout: limit(300_000),
    expect: { poll: { timeout: limit(60_000) } },
    // Two cores: more workers would only wait for each other.
    maxWorkers: 2,
  },
});
