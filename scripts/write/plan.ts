import type { File } from '../model/types.ts';

/** The changes to one provider's folder, before any is made. */
export type Plan = {
  readonly folder: string;
  readonly changed: readonly File[];
  /** Files of an earlier run that the contract no longer generates. */
  readonly stale: readonly string[];
};

/**
 * A plan whose new files are completely written beside their final places. They only need to be moved, and no text is
 * kept in memory.
 */
export type StagedPlan = {
  readonly folder: string;
  readonly moves: readonly { readonly from: string; readonly to: string }[];
  readonly stale: readonly string[];
};
