import ts from 'typescript';
import type { PlacedTypes } from './placed-types.ts';

const MAPS = [
  ['requestSchemas', ' What requests hold of these schemas: nothing that is readOnly. '],
  ['responseSchemas', ' What responses hold of these schemas: nothing that is writeOnly. '],
] as const;

/** Adds to the interface `components` the types of schemas that differ in requests or in responses. */
export function addVariants(node: ts.Node, types: PlacedTypes, nameOf: (name: string) => string): ts.Node {
  if (!ts.isInterfaceDeclaration(node) || node.name.text !== 'components') return node;
  const added = MAPS.flatMap(([map, comment]) => {
    const listed = types.all.filter((type) => type.map === map);
    if (listed.length === 0) return [];
    const members = listed.map((type) => member(nameOf(type.key), markNode(types.declare(type))));
    const signature = member(map, ts.factory.createTypeLiteralNode(members));
    return [ts.addSyntheticLeadingComment(signature, ts.SyntaxKind.MultiLineCommentTrivia, `*${comment}`, true)];
  });
  if (added.length === 0) return node;
  const { modifiers, name, typeParameters, heritageClauses, members } = node;
  return ts.factory.createInterfaceDeclaration(modifiers, name, typeParameters, heritageClauses, [
    ...members,
    ...added,
  ]);
}

const member = (name: string, type: ts.TypeNode): ts.PropertySignature =>
  ts.factory.createPropertySignature(
    undefined,
    /^[A-Za-z_$][\w$]*$/.test(name) ? ts.factory.createIdentifier(name) : ts.factory.createStringLiteral(name),
    undefined,
    type,
  );

/** `components["schemas"]["mark"]`, as openapi-typescript prints a reference. */
function markNode(reference: string): ts.TypeNode {
  const [, components, schemas, mark] = reference.split('/');
  const key = (text = '') => ts.factory.createLiteralTypeNode(ts.factory.createStringLiteral(text));
  const object = ts.factory.createTypeReferenceNode(components ?? '');
  return ts.factory.createIndexedAccessTypeNode(
    ts.factory.createIndexedAccessTypeNode(object, key(schemas)),
    key(mark),
  );
}
