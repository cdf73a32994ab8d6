import { type Document, visit } from 'yaml';
import { isObject, type JsonObject } from '../../common/document/pointer.ts';
import { findSigned, requireSignature, unusedKeys } from './signed-operations.ts';

/** A security scheme with `x-cs-signing` for a document that has none. */
export type AddedScheme = {
  readonly name: string;
  readonly value: object;
  /** Whether the scheme has a recipe. Any other scheme needs a signer in TypeScript, exported by the scheme's name. */
  readonly isRecipe: boolean;
};

/**
 * Adds a signing scheme to a document. If the document declares the signature, as a parameter or as an API key, the
 * scheme is required where the document says so. Otherwise, it is added to the default security, in addition to the
 * document's own requirements, and operations with their own security keep it.
 * @returns one line for each addition, and the signers to write
 */
export function signDocument(
  document: Document,
  { name, value, isRecipe }: AddedScheme,
): { readonly notes: readonly string[]; readonly signers: readonly string[] } {
  const before = toObject(document);
  const { components, security } = before;
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
  const signers = isRecipe ? [] : [unique];
  const described = findSigned(before, value);
  if (described.operations.length > 0 || described.isDefault) {
    requireSignature(document, described, unique);
    const unused = unusedKeys(toObject(document), described.replaced);
    for (const each of unused) document.deleteIn(['components', 'securitySchemes', each]);
    const { length } = described.operations;
    const where = length === 0 ? 'the default' : `${length} ${length === 1 ? 'operation' : 'operations'}`;
    return {
      notes: [
        `added    security scheme ${unique}`,
        `added    security ${unique} where the document declares its signature: ${where}`,
        ...unused.map((each) => `removed  security scheme ${each}, which ${unique} sends`),
      ],
      signers,
    };
  }
  // `{}` means that a caller may stay anonymous.
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
    signers,
  };
}

const toObject = (document: Document): JsonObject => document.toJS({ maxAliasCount: 1000 });
