/**
 * Returns the result of an earlier run for the same data, or computes it. Used by steps that load large libraries.
 *
 * @param step its name
 * @param from everything that determines the result, beside the toolkit itself
 * @param make its result must survive JSON. If it throws, nothing is stored.
 */
export type Recall = <Value>(step: string, from: unknown, make: () => Promise<Value>) => Promise<Value>;

/** Without results of earlier runs. */
export const makeAlways: Recall = (_step, _from, make) => make();
