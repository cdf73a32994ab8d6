import type ts from 'typescript';
import type { TypeScript } from './engine/engine.ts';
import type { PlacedTypes } from './placed-types.ts';

const MAPS = [
  ['requestSchemas', ' What requests hold of these schemas: nothing that is readOnly. '],
  ['responseSchemas', ' What responses hold of these schemas: nothing that is writeOnly. '],
] as const;

/** Adds to the interface `components` the types of schemas that differ in requests or in responses. */
export function addVariants(
  node: ts.Node,
  types: PlacedTypes,
  nameOf: (name: string) => string,
  typescript: TypeScript,
): ts.Node {
  const { factory, SyntaxKind, addSyntheticLeadingComment, isInterfaceDeclaration } = typescript;
  if (!isInterfaceDeclaration(node) || node.name.text !== 'components') return node;
  const added = MAPS.flatMap(([map, comment]) => {
    const listed = types.all.filter((type) => type.map === map);
    if (listed.length === 0) return [];
    const members = listed.map((type) =>
      property(nameOf(type.key), markNode(types.declare(type), typescript), typescript),
    );
    const signature = property(map, factory.createTypeLiteralNode(members), typescript);
    return [addSyntheticLeadingComment(signature, SyntaxKind.MultiLineCommentTrivia, `*${comment}`, true)];
  });
  if (added.length === 0) return node;
  const { modifiers, name, typeParameters, heritageClauses, members } = node;
  return factory.createInterfaceDeclaration(modifiers, name, typeParameters, heritageClauses, [...members, ...added]);
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
