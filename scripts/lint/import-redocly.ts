import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BUNDLE_FOR_NODE, bundleFileFor } from '../../runtime/mock/prism-sources.ts';
import { REDOCLY_ENTRY, type Redocly } from './redocly-sources.ts';

type Bundle = { readonly importRedocly: () => Promise<Redocly> };

/**
 * Imports Redocly as a bundle, which takes a third of the time. The first run after an install imports the installed
 * modules, and writes the bundle meanwhile. The packed toolkit replaces this module by the bundle.
 */
export async function importRedocly(): Promise<Redocly> {
  const file = bundleFileFor(createRequire(import.meta.url).resolve('@redocly/openapi-core'), 'redocly', REDOCLY_ENTRY);
  if (file === undefined) return import('@redocly/openapi-core');
  if (existsSync(file)) {
    try {
      return await ((await import(pathToFileURL(file).href)) as Bundle).importRedocly();
    } catch {
      await rm(file, { force: true });
    }
  }
  // If the cache cannot be written, only the start is slower.
  writeBundle(file).catch(() => undefined);
  return import('@redocly/openapi-core');
}

/** Writes the bundle completely or not at all. */
async function writeBundle(file: string): Promise<void> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    stdin: { contents: REDOCLY_ENTRY, resolveDir: import.meta.dirname },
    ...BUNDLE_FOR_NODE,
    write: false,
    logLevel: 'silent',
  });
  const temporary = `${file}.${process.pid}`;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(temporary, outputFiles[0]?.contents ?? '');
  await rename(temporary, file);
}
