/**
 * Returns the part of an earlier run's output for the same input, or makes it. A change in one place of a document then
 * only makes the parts again that depend on it.
 *
 * @param kind what makes the part
 * @param from everything that determines it, beside the toolkit itself
 * @param make if it throws, nothing is stored
 * @param holds whether an earlier part is still right, if it depends on more than `from`: only the part says on what
 */
export type RecallPart = (kind: string, from: string, make: () => string, holds?: (part: string) => boolean) => string;

/** The parts of one emitter, those of an earlier run and those of this one. */
export type Parts = {
  readonly recall: RecallPart;
  /** Stores the parts that were used since the parts were opened, and no others. Called when the emitter has finished. */
  readonly save: () => void;
};

/** Opens the parts of an emitter, by its name. */
export type OpenParts = (emitter: string) => Parts;

/** Without results of earlier runs. */
export const makeEach: OpenParts = () => ({ recall: (_kind, _from, make) => make(), save: () => undefined });
