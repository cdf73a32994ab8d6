import type { OpenAPI3 } from 'openapi-typescript';
import { asNode } from '../../model/reader.ts';
import { type Definitions, defineTypes } from './definitions.ts';
import { aboutSchema, type DocumentCopy } from './document-copy.ts';
import type { NamedType, NamedTypes } from './named-types.ts';
import type { PlacedTypes } from './placed-types.ts';
import type { Style } from './print-expression.ts';
import type { RecallTexts } from './recall/recall-texts.ts';
import { interfaceText, MEMBER, type Transform } from './transform.ts';
import { VARIANTS, variantMember } from './variants.ts';

/** The lists that openapi-typescript makes beside `schemas`, in its order. */
const OTHERS = ['responses', 'parameters', 'requestBodies', 'headers', 'pathItems'] as const;

/** What makes the texts of components. */
export type ComponentTools = {
  readonly named: NamedTypes;
  readonly style: Style;
  readonly types: PlacedTypes;
  readonly copy: DocumentCopy;
  readonly transform: Transform;
  readonly recall: RecallTexts;
};

/** The definitions of named types as members of `components`, made one by one. */
export function defineComponents({ named, style, types, copy, transform, recall }: ComponentTools): Definitions {
  const memberText = (type: NamedType, text: string): string => {
    const name = copy.nameOf(type.key);
    const mark = types.markText(text);
    const member =
      type.map === 'schemas'
        ? componentText(transform, type.map, name, { ...aboutSchema(asNode(type.schema)), $ref: mark })
        : variantMember(name, mark, transform.engine);
    types.release();
    return member;
  };
  return defineTypes(named, style, memberText, recall);
}

/** The interface `components`, component by component; undefined for a document without components. */
export function componentsText(definitions: Definitions, { types, copy, transform, recall }: ComponentTools): string {
  const others = OTHERS.map((kind) => {
    const texts = (copy.components.get(kind) ?? []).map(({ name, own, copy: copyOwn }) => {
      const make = (): readonly string[] => {
        const text = componentText(transform, kind, copy.nameOf(name), copyOwn());
        types.release();
        return [text];
      };
      return recall('component', () => [kind, name, own], make).join('');
    });
    return [kind, texts] as const;
  });
  const lists = [['schemas', definitions.membersOf('schemas')] as const, ...others];
  const variants = VARIANTS.map(([map, comment]) => [map, comment, definitions.membersOf(map)] as const);
  return interfaceText('components', [
    ...lists.map(([kind, texts]) => listText(kind, texts)),
    ...variants.flatMap(([map, comment, texts]) =>
      texts.length === 0 ? [] : [`${MARGIN}/**${comment}*/\n${listText(map, texts)}`],
    ),
  ]);
}

const componentText = (transform: Transform, kind: string, name: string, component: unknown): string =>
  transform.componentText(kind, { components: { [kind]: { [name]: component } } } as unknown as OpenAPI3);

const MARGIN = ' '.repeat(MEMBER);

const listText = (name: string, texts: readonly string[]): string =>
  `${MARGIN}${name}: ${texts.length === 0 ? 'never' : `{\n${texts.join('')}${MARGIN}}`};\n`;
