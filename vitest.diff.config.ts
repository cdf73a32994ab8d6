import { configDefaults, defineConfig } from 'vitest/config';
import quick, { DIFF } from './vitest.config.ts';

/** `npm run test:diff`: versions of many generated changes, by three judges. `npm test` runs some of them. */
export default defineConfig({ test: { ...quick.test, include: [DIFF], exclude: configDefaults.exclude } });
