import type ts from 'typescript';
import type { Engine, TypeScript } from './engine/engine.ts';
import type { PlacedTypes } from './placed-types.ts';
import { COMPONENT } from './transform.ts';

const MAPS = [
  ['requestSchemas', ' What requests hold of these schemas: nothing that is readOnly. '],
  ['responseSchemas', ' What responses hold of these schemas: nothing that is writeOnly. '],
] as const;

/** A list of types in the interface `components`. */
export type Variants = { readonly map: string; readonly comment: string; readonly texts: readonly string[] };

/** The types of schemas that differ in requests or in responses. */
export function variantsTexts(
  types: PlacedTypes,
  nameOf: (name: string) => string,
  { ts: typescript, memberText }: Engine,
): readonly Variants[] {
  return MAPS.flatMap(([map, comment]) => {
    const listed = types.all.filter((type) => type.map === map);
    const texts = listed.map((type) =>
      memberText(property(nameOf(type.key), markNode(types.declare(type), typescript), typescript), COMPONENT),
    );
    return texts.length === 0 ? [] : [{ map, comment, texts }];
  });
}

const property = (name: string, type: ts.TypeNode, { factory }: TypeScript): ts.PropertySignature =>
  factory.createPropertySignature(
    undefined,
    /^[A-Za-z_$][\w$]*$/.test(name) ? factory.createIdentifier(name) : factory.createStringLiteral(name),
    undefined,
    type,
  );

/** `components["schemas"]["mark"]`, as openapi-typescript prints a reference. */
function markNode(reference: string, { factory }: TypeScript): ts.TypeNode {
  const [, components, schemas, mark] = reference.split('/');
  const key = (text = '') => factory.createLiteralTypeNode(factory.createStringLiteral(text));
  const object = factory.createTypeReferenceNode(components ?? '');
  return factory.createIndexedAccessTypeNode(factory.createIndexedAccessTypeNode(object, key(schemas)), key(mark));
}
