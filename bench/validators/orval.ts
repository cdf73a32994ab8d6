import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate } from 'orval';
import type { z } from 'zod';
import type { GeneratedModules } from '../../test/validators/generated-module.ts';

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/countersign/', import.meta.url));

/** orval's zod module for a document, generated during the run. */
export async function orvalModule(
  document: string,
  modules: GeneratedModules,
): Promise<{ readonly [name: string]: z.ZodType }> {
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, 'orval-'));
  try {
    const target = join(folder, 'zod.ts');
    await generate({ input: { target: document }, output: { target, client: 'zod', mode: 'single' } });
    return await modules.import(stripTypeScriptTypes(readFileSync(target, 'utf8')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
