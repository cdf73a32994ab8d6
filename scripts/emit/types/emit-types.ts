import type { OpenAPI3 } from 'openapi-typescript';
import type { RecallPart } from '../../common/parts.ts';
import { follow, type Node } from '../../model/reader.ts';
import type { ApiData, ExpandedDocument, File } from '../../model/types.ts';
import { banner } from '../views/banner.ts';
import { componentsText, defineComponents } from './components-text.ts';
import { transformContext } from './context.ts';
import { styleOf } from './definitions.ts';
import { copyDocument, type DocumentCopy } from './document-copy.ts';
import type { Engine, Placed } from './engine/engine.ts';
import { fullEngine } from './engine/full-engine.ts';
import { lightEngine } from './engine/light-engine.ts';
import { namedTypes } from './named-types.ts';
import { createOperationsInterface } from './operations-interface.ts';
import { placeTypes } from './placed-types.ts';
import type { Notes } from './recall/notes.ts';
import { createRecallTexts } from './recall/recall-texts.ts';
import { createTransform, interfaceText } from './transform.ts';

/**
 * `types.ts`: paths, operations and components by openapi-typescript, and the types of schemas by us, so that they
 * match the validators. The document is already linted and bundled, so that openapi-typescript's second pass is
 * skipped.
 *
 * @param recallPart recalls the texts of the paths and components that have not changed
 */
export function emitTypes(api: ApiData, recallPart?: RecallPart): readonly File[] {
  return [{ path: 'src/types.ts', text: `${banner(api)}\n${typesText(api, recallPart)}`, formatted: true }];
}

function typesText(api: ApiData, recallPart: RecallPart | undefined): string {
  if (lightEngine === undefined) return printTypes(api, fullEngine, recallPart);
  try {
    return printTypes(api, lightEngine, recallPart);
  } catch {
    // The transforms use a function that the light engine does not have. An error of the document is thrown again.
    return printTypes(api, fullEngine);
  }
}

/**
 * The text of the types below the banner, by one of the engines. Each path and each component is copied, transformed
 * and printed by itself: the nodes of a large document would take twenty times the size of its types.
 */
export function printTypes(api: ApiData, createEngine: (placed: Placed) => Engine, recallPart?: RecallPart): string {
  const named = namedTypes(api);
  const style = styleOf(named);
  const types = placeTypes(named, style);
  const copy = copyDocument(api, types, named.notes);
  const engine = createEngine({ typeText: types.textOf, literalText: copy.textOf });
  const operations = createOperationsInterface(engine);
  const context = transformContext([operations.node], resolverOf(copy, named.notes));
  const transform = createTransform(engine, context);
  const recall = createRecallTexts(api, named, recallPart);
  const tools = { named, style, types, copy, transform, recall };
  const definitions = defineComponents(tools);
  const hasComponents = api.document.components !== undefined || named.all.length > 0;
  const components = hasComponents ? componentsText(definitions, tools) : transform.emptyText('components');
  const paths = new Map<string, string>();
  const operationTexts: string[] = [];
  for (const { names, own, copy: copyOwn } of copy.paths) {
    const texts = recall('path', own, () => {
      const members = transform.membersOf('paths', { paths: copyOwn() } as unknown as OpenAPI3);
      types.release();
      return [...members, ...operations.take()];
    });
    for (const [index, name] of names.entries()) paths.set(name, texts[index] ?? '');
    operationTexts.push(...texts.slice(names.length));
  }
  return [
    paths.size > 0 ? interfaceText('paths', [...paths.values()]) : transform.emptyText('paths'),
    transform.emptyText('webhooks'),
    components,
    transform.emptyText('$defs'),
    api.operations.length > 0 ? interfaceText('operations', operationTexts) : transform.emptyText('operations'),
    definitions.aliases(),
  ].join('');
}

/**
 * Resolves references to components, each copied when it is needed. openapi-typescript resolves each one several times.
 */
function resolverOf({ components, nameOf }: DocumentCopy, notes: Notes): (ref: string) => unknown {
  const lists = [...components].map(([kind, copies]) => {
    const list: Node = {};
    for (const { name, copy } of copies) {
      let made: unknown;
      const get = (): unknown => (made ??= notes.apart(copy));
      Object.defineProperty(list, nameOf(name), { enumerable: true, get });
    }
    return [kind, list] as const;
  });
  const document = { components: Object.fromEntries(lists) } as unknown as ExpandedDocument;
  const known = new Map<string, unknown>();
  return (ref) => {
    if (!known.has(ref)) known.set(ref, follow(document, { $ref: ref }, '').node);
    return known.get(ref);
  };
}
