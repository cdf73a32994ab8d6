import type { File } from '../model/types.ts';

/** What would change in one provider's folder; nothing is touched yet. */
export type Plan = {
  readonly folder: string;
  readonly changed: readonly File[];
  /** Files of an earlier run that the contract no longer generates. */
  readonly stale: readonly string[];
};

/** A plan whose new files are complete beside their places. Only moving is left, and no text is kept in memory. */
export type StagedPlan = {
  readonly folder: string;
  readonly moves: readonly { readonly from: string; readonly to: string }[];
  readonly stale: readonly string[];
};
