import type { OpenAPI3 } from 'openapi-typescript';
import type { Node } from '../../model/reader.ts';
import type { DocumentCopy } from './document-copy.ts';
import type { PlacedTypes } from './placed-types.ts';
import { interfaceText, MEMBER, type Transform } from './transform.ts';
import { variantsTexts } from './variants.ts';

/** The lists that openapi-typescript makes beside `schemas`, in its order. */
const OTHERS = ['responses', 'parameters', 'requestBodies', 'headers', 'pathItems'] as const;

/** The interface `components`, component by component; undefined for a document without components. */
export function componentsText(copy: DocumentCopy, types: PlacedTypes, transform: Transform): string | undefined {
  if (!copy.hasComponents) return undefined;
  const textsOf = (kind: string, components: Iterable<readonly [string, Node]>): readonly string[] => {
    const texts: string[] = [];
    for (const [name, component] of components) {
      const part = { components: { [kind]: { [name]: component } } };
      texts.push(transform.componentText(kind, part as unknown as OpenAPI3));
      if (kind === 'schemas') types.release();
    }
    return texts;
  };
  // The marks of these components are made with the copy, so that they are printed before any mark is released.
  const others = OTHERS.map((kind) => [kind, textsOf(kind, Object.entries(copy.components[kind] ?? {}))] as const);
  const members = [['schemas', textsOf('schemas', copy.schemas())] as const, ...others].map(([kind, texts]) =>
    listText(kind, texts),
  );
  const variants = variantsTexts(types, copy.nameOf, transform.engine).map(
    ({ map, comment, texts }) => `${MARGIN}/**${comment}*/\n${listText(map, texts)}`,
  );
  types.release();
  return interfaceText('components', [...members, ...variants]);
}

const MARGIN = ' '.repeat(MEMBER);

const listText = (name: string, texts: readonly string[]): string =>
  `${MARGIN}${name}: ${texts.length === 0 ? 'never' : `{\n${texts.join('')}${MARGIN}}`};\n`;
