/** Generates values for schemas. They are plausible, valid, the same for the same seed, and bounded in time and size. */
export { createValueMaker, type MadeValue, type ValueMaker, type ValueRequest } from './value-maker.ts';
