import type { OpenAPI3 } from 'openapi-typescript';
import { follow, type Node } from '../../model/reader.ts';
import type { ApiData, ExpandedDocument, File } from '../../model/types.ts';
import { banner } from '../views/banner.ts';
import { transformContext } from './context.ts';
import { copyDocument } from './document-copy.ts';
import type { Engine, Placed } from './engine/engine.ts';
import { fullEngine } from './engine/full-engine.ts';
import { lightEngine } from './engine/light-engine.ts';
import { createOperationsInterface } from './operations-interface.ts';
import { placeTypes } from './placed-types.ts';
import { addVariants } from './variants.ts';

/**
 * `types.ts`: paths, operations and components by openapi-typescript, and the types of schemas by us, so that they
 * match the validators. The document is already linted and bundled, so that openapi-typescript's second pass is
 * skipped.
 */
export function emitTypes(api: ApiData): readonly File[] {
  return [{ path: 'src/types.ts', text: `${banner(api)}\n${typesText(api)}`, formatted: true }];
}

function typesText(api: ApiData): string {
  if (lightEngine === undefined) return printTypes(api, fullEngine);
  try {
    return printTypes(api, lightEngine);
  } catch {
    // The transforms use a function that the light engine does not have. An error of the document is thrown again.
    return printTypes(api, fullEngine);
  }
}

/** The text of the types below the banner, by one of the engines. */
export function printTypes(api: ApiData, createEngine: (placed: Placed) => Engine): string {
  const types = placeTypes(api);
  const copy = copyDocument(api, types);
  const engine = createEngine({ typeText: types.textOf, literalText: copy.textOf });
  const operations = createOperationsInterface(engine);
  const context = transformContext(api.operations.length > 0 ? [operations.node] : [], resolverOf(copy.document));
  const nodes = engine.transforms.default(copy.document as unknown as OpenAPI3, context);
  operations.close();
  return `${engine.print(nodes.map((node) => addVariants(node, types, copy.nameOf, engine.ts)))}${types.aliases()}`;
}

/** Resolves references to objects. openapi-typescript resolves each one several times. */
function resolverOf(document: Node): (ref: string) => unknown {
  const known = new Map<string, unknown>();
  return (ref) => {
    if (!known.has(ref)) known.set(ref, follow(document as ExpandedDocument, { $ref: ref }, '').node);
    return known.get(ref);
  };
}
