import type ts from 'typescript';
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
    const settle = (member: Syntax): Syntax => ({ kind: 'printed', text: print(member, TOP) });
    return {
      ts: typescript as unknown as Engine['ts'],
      transforms,
      settle: (member) => settle(member as unknown as Syntax) as unknown as ts.TypeElement,
      print: (nodes) => nodes.map((node) => print(node as unknown as Syntax)).join(''),
    };
  });

/** The column of the members of an interface. */
const TOP = 4;
