import { defineConfig } from 'vitest/config';
import quick from './vitest.config.ts';

/** `npm run test:peers`: TypeSpec's suite for clients and servers against the ones we generate. */
export default defineConfig({ test: { ...quick.test, include: ['test/peers/*.peers.ts'] } });
