/** Values for schemas: plausible, the same for the same seed, valid, and bounded in time and size. */
export { createValueMaker, type MadeValue, type ValueMaker, type ValueRequest } from './value-maker.ts';
