import type { Engine, Placed } from './engine.ts';
import { transforms as loaded } from './load-transforms.ts';
import type { Syntax } from './nodes.ts';
import { createPrinter } from './print-nodes.ts';
import typescript from './typescript.ts';

// Constant for the functions below, unlike an import.
const transforms = loaded;

/** openapi-typescript without the package `typescript`; undefined if that cannot be loaded. */
export const lightEngine =
  transforms &&
  ((placed: Placed): Engine => {
    const print = createPrinter(placed);
    return {
      ts: typescript as unknown as Engine['ts'],
      transforms,
      memberText: (member, at) => print(member as unknown as Syntax, at),
      print: (declaration) => print(declaration as unknown as Syntax),
    };
  });
