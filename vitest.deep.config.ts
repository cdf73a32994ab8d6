import { configDefaults, defineConfig } from 'vitest/config';
import quick, { BOTH, DEEP } from './vitest.config.ts';

/** `npm run test:deep`: what is long by nature. `npm test` omits it. */
export default defineConfig({
  test: {
    ...quick.test,
    include: [DEEP, ...BOTH],
    exclude: configDefaults.exclude,
    isolate: true,
    env: { TEST_DEEP: '1' },
  },
});
