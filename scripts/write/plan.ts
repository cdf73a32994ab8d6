/**
 * The changes to one provider's folder, before any is made. The new files are completely written beside their final
 * places, and only need to be moved.
 */
export type StagedPlan = {
  readonly folder: string;
  readonly moves: readonly { readonly from: string; readonly to: string }[];
  /** Files of an earlier run that the contract no longer generates. */
  readonly stale: readonly string[];
};
