import { ALGORITHMS } from './algorithms.ts';
import { presetNames } from './presets.ts';

/** Values of `add --signing`: schemes of the catalogue, which need no code, then algorithms that need a signer. */
export const SIGNINGS: readonly string[] = [...new Set([...presetNames, ...Object.keys(ALGORITHMS)])];
