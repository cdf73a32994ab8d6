import type { OpenAPI3 } from 'openapi-typescript';
import { follow, type Node } from '../../model/reader.ts';
import type { ApiData, ExpandedDocument, File } from '../../model/types.ts';
import { banner } from '../views/banner.ts';
import { componentsText } from './components-text.ts';
import { transformContext } from './context.ts';
import { copyDocument } from './document-copy.ts';
import type { Engine, Placed } from './engine/engine.ts';
import { fullEngine } from './engine/full-engine.ts';
import { lightEngine } from './engine/light-engine.ts';
import { createOperationsInterface } from './operations-interface.ts';
import { placeTypes } from './placed-types.ts';
import { createTransform, interfaceText } from './transform.ts';

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

/**
 * The text of the types below the banner, by one of the engines. Each path and each component is copied, transformed
 * and printed by itself: the nodes of a large document would take twenty times the size of its types.
 */
export function printTypes(api: ApiData, createEngine: (placed: Placed) => Engine): string {
  const types = placeTypes(api);
  const copy = copyDocument(api, types);
  const engine = createEngine({ typeText: types.textOf, literalText: copy.textOf });
  const operations = createOperationsInterface(engine);
  const context = transformContext([operations.node], resolverOf(copy.components));
  const transform = createTransform(engine, context);
  const components = componentsText(copy, types, transform);
  const paths = new Map<string, string>();
  for (const part of copy.paths()) {
    const texts = transform.membersOf('paths', { paths: part } as unknown as OpenAPI3);
    for (const [index, name] of Object.keys(part).entries()) paths.set(name, texts[index] ?? '');
    types.release();
  }
  return [
    paths.size > 0 ? interfaceText('paths', [...paths.values()]) : transform.emptyText('paths'),
    transform.emptyText('webhooks'),
    components ?? transform.emptyText('components'),
    transform.emptyText('$defs'),
    api.operations.length > 0 ? interfaceText('operations', operations.texts) : transform.emptyText('operations'),
    types.aliases(),
  ].join('');
}

/** Resolves references to components. openapi-typescript resolves each one several times. */
function resolverOf(components: Node): (ref: string) => unknown {
  const document = { components } as unknown as ExpandedDocument;
  const known = new Map<string, unknown>();
  return (ref) => {
    if (!known.has(ref)) known.set(ref, follow(document, { $ref: ref }, '').node);
    return known.get(ref);
  };
}
