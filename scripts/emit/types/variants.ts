import type ts from 'typescript';
import type { Engine, TypeScript } from './engine/engine.ts';
import { COMPONENT } from './transform.ts';

/** The lists of types that differ in requests or in responses, with their comments. */
export const VARIANTS = [
  ['requestSchemas', ' What requests hold of these schemas: nothing that is readOnly. '],
  ['responseSchemas', ' What responses hold of these schemas: nothing that is writeOnly. '],
] as const;

/** The member of such a list: a name and the mark of its type. */
export const variantMember = (name: string, mark: string, { ts: typescript, memberText }: Engine): string =>
  memberText(property(name, markNode(mark, typescript), typescript), COMPONENT);

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
