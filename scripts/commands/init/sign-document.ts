import { type Document, visit } from 'yaml';
import { isObject } from '../../common/document/pointer.ts';

/** A security scheme with `x-cs-signing` for a document that has none. */
export type AddedScheme = {
  readonly name: string;
  readonly value: object;
  /** A recipe signs by itself; any other scheme needs a signer in TypeScript of the scheme's name. */
  readonly isRecipe: boolean;
};

/**
 * Adds a signing scheme to a document, and to the security that operations have by default. A requirement of the document
 * stays: the signature is required beside it. Operations with their own security keep it.
 * @returns what was added, a line each, and the signers to write
 */
export function signDocument(
  document: Document,
  { name, value, isRecipe }: AddedScheme,
): { readonly notes: readonly string[]; readonly signers: readonly string[] } {
  const { components, security }: { components?: unknown; security?: unknown } = document.toJS({ maxAliasCount: 1000 });
  const schemes = isObject(components) && isObject(components.securitySchemes) ? components.securitySchemes : {};
  let unique = name;
  for (let number = 2; Object.hasOwn(schemes, unique); number += 1) unique = `${name}${number}`;
  const node = document.createNode(value);
  // A line break that joins parts is read more easily as "\n" than as an empty block.
  visit(node, {
    Scalar: (_, scalar) => {
      if (typeof scalar.value === 'string' && scalar.value.includes('\n')) scalar.type = 'QUOTE_DOUBLE';
    },
  });
  document.setIn(['components', 'securitySchemes', unique], node);
  // `{}` says that a caller may stay anonymous.
  const declared = (Array.isArray(security) ? security : []).filter(isObject);
  const named = declared.filter((requirement) => Object.keys(requirement).length > 0);
  const required = named.length === 0 ? [{ [unique]: [] }] : named.map((each) => ({ ...each, [unique]: [] }));
  const anonymous = declared.filter((requirement) => Object.keys(requirement).length === 0);
  document.set('security', document.createNode([...required, ...anonymous]));
  const beside = named.length === 0 ? '' : ', beside what the document requires';
  return {
    notes: [
      `added    security scheme ${unique}`,
      `added    security ${unique} for all operations that declare no security of their own${beside}`,
    ],
    signers: isRecipe ? [] : [unique],
  };
}
