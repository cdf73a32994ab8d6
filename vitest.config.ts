import { configDefaults, defineConfig } from 'vitest/config';

/** Files that only `npm run test:deep` runs: see vitest.deep.config.ts. */
export const DEEP = 'test/**/*.deep.test.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, DEEP],
    setupFiles: ['test/setup.ts'],
    testTimeout: 30_000,
    // Hooks start databases and processes.
    hookTimeout: 60_000,
    // Two cores: more workers only wait for each other.
    maxWorkers: 2,
  },
});
