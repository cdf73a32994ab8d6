import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readDigests } from '../../../generate/digests.ts';
import { hashToolkit } from '../../../generate/toolkit-digest.ts';
import { collectNotices } from '../notices.ts';
import { bundleOwn } from '../own/bundle.ts';
import { LOAD_ORVAL } from './bundle-orval.ts';
import { IMPORT_REDOCLY } from './bundle-redocly.ts';

/**
 * Bundles the modules of `generate` into `bundle/` of the packed toolkit, beside the modules themselves, which the other
 * commands load. Both contain the digest of the toolkit, which no run has to compute.
 * @returns the licences of the bundle's contents, for the end of LICENSE
 */
export async function bundleGenerate(root: string, toolkit: string): Promise<string> {
  const digest = hashToolkit(readDigests);
  await writeFile(
    join(toolkit, 'scripts/generate/toolkit-digest.js'),
    `export const hashToolkit = () => ${JSON.stringify(digest)};\n`,
  );
  const beside = [LOAD_ORVAL, IMPORT_REDOCLY];
  const placed = { root, up: '../', extension: '.js', digest, beside, mapped: false } as const;
  return collectNotices(await bundleOwn(placed, join(toolkit, 'bundle')));
}
