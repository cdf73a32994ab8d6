import type ts from 'typescript';
import type { Engine, Placed } from './engine.ts';
import { loadTransforms } from './load-transforms.ts';
import type { Syntax } from './nodes.ts';
import { createPrinter } from './print-nodes.ts';
import typescript from './typescript.ts';

// A later version of openapi-typescript may need more than the replaced modules have.
const transforms = await loadTransforms().catch(() => undefined);

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
