import { mkdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, sep } from 'node:path';
import { checkPlaces } from './check-places.ts';
import type { StagedPlan } from './plan.ts';

export { type Output, openOutput, type Part } from './output.ts';
export type { StagedPlan } from './plan.ts';
export { closeStaging, openStaging } from './staging.ts';

async function removeEmptyFolders(folder: string, upTo: string): Promise<void> {
  for (let current = folder; current.startsWith(`${upTo}${sep}`); current = dirname(current)) {
    try {
      await rmdir(current);
    } catch {
      return;
    }
  }
}

/**
 * Carries out plans. Every file was first written completely beside its place, and then all are moved, so that a full
 * disk or a killed process leaves the old file or the new one, never a partial one. A process that is killed between
 * two moves leaves a mixed package. Its files then differ from the cache, so that the next run generates it again.
 *
 * @throws {InputError} before anything is written, if something is in the way
 */
export async function applyStaged(plans: readonly StagedPlan[], root: string): Promise<void> {
  await checkPlaces(plans, root);
  for (const { from, to } of plans.flatMap(({ moves }) => moves)) {
    await mkdir(dirname(to), { recursive: true });
    await rename(from, to);
  }
  for (const { folder, stale } of plans) {
    for (const path of stale) {
      await rm(path);
      await removeEmptyFolders(dirname(path), folder);
    }
  }
}
