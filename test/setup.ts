import fc from 'fast-check';
import { afterAll, vi } from 'vitest';
import { seed } from './run/seed.ts';

fc.configureGlobal({ seed });

// The files of a worker share one process.
const environment = { ...process.env };
// The Node adapter replaces some globals.
const { fetch, FormData, Headers, Request, Response } = globalThis;
afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
  Object.assign(process.env, environment);
  Object.assign(globalThis, { fetch, FormData, Headers, Request, Response });
});
