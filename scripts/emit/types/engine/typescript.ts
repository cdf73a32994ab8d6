import { type Syntax, word } from './nodes.ts';

/**
 * Replaces the package `typescript` in openapi-typescript's transforms. Loading that package takes longer than typing
 * a document, and its printer visits each node several times. A function that is missing here makes the transforms
 * fail, and the package itself is used.
 */

const KEYWORDS: { readonly [kind: string]: Syntax } = {
  BooleanKeyword: word('boolean'),
  ExportKeyword: word('export'),
  NeverKeyword: word('never'),
  NumberKeyword: word('number'),
  QuestionToken: word('?'),
  ReadonlyKeyword: word('readonly'),
  StringKeyword: word('string'),
  UndefinedKeyword: word('undefined'),
  UnknownKeyword: word('unknown'),
};

const keyword = (kind: string): Syntax => {
  const found = KEYWORDS[kind];
  if (found === undefined) throw new Error(`The keyword ${kind} is not supported.`);
  return found;
};

const named = (name: string | Syntax): Syntax => (typeof name === 'string' ? word(name) : name);
type Modifiers = readonly Syntax[] | undefined;

const factory = {
  createFalse: () => word('false'),
  createIdentifier: word,
  createIndexSignature: (modifiers: Modifiers, [parameter]: readonly [Syntax], type: Syntax): Syntax => {
    return { kind: 'index', modifiers, parameter, type };
  },
  createIndexedAccessTypeNode: (object: Syntax, key: Syntax): Syntax => ({ kind: 'access', object, key }),
  createInterfaceDeclaration: (
    modifiers: Modifiers,
    name: string | Syntax,
    _parameters: undefined,
    _heritage: undefined,
    members: readonly Syntax[],
  ): Syntax => ({ kind: 'interface', modifiers, name: named(name), members }),
  createKeywordTypeNode: keyword,
  createLiteralTypeNode: (literal: Syntax) => literal,
  createModifier: keyword,
  createNodeArray: (nodes: readonly Syntax[]) => nodes,
  createNull: () => word('null'),
  createNumericLiteral: (value: string | number) => word(String(value)),
  createParameterDeclaration: (
    _modifiers: undefined,
    _dots: undefined,
    name: string | Syntax,
    _question: undefined,
    type: Syntax,
  ): Syntax => ({ kind: 'parameter', name: named(name), type }),
  createPropertySignature: (
    modifiers: Modifiers,
    name: Syntax,
    questionToken: Syntax | undefined,
    type: Syntax,
  ): Syntax => ({ kind: 'property', modifiers, name, questionToken, type, comment: undefined }),
  createStringLiteral: (text: string): Syntax => ({ kind: 'string', text }),
  createToken: keyword,
  createTrue: () => word('true'),
  createTypeAliasDeclaration: (
    modifiers: Modifiers,
    name: string | Syntax,
    _parameters: undefined,
    type: Syntax,
  ): Syntax => ({ kind: 'alias', modifiers, name: named(name), type }),
  createTypeLiteralNode: (members: readonly Syntax[]): Syntax => ({ kind: 'literal', members }),
  createTypeReferenceNode: (name: string | Syntax, typeArguments: readonly Syntax[] = []): Syntax => {
    return { kind: 'reference', name: named(name), typeArguments };
  },
};

const TYPES: ReadonlySet<Syntax['kind']> = new Set(['word', 'string', 'reference', 'access', 'literal']);

export default {
  factory,
  SyntaxKind: {
    ...Object.fromEntries(Object.keys(KEYWORDS).map((kind) => [kind, kind])),
    MultiLineCommentTrivia: 'MultiLineCommentTrivia',
  },
  isInterfaceDeclaration: (node: Syntax) => node.kind === 'interface',
  isTypeAliasDeclaration: (node: Syntax) => node.kind === 'alias',
  isTypeNode: (node: Syntax) => TYPES.has(node.kind),
  addSyntheticLeadingComment(node: Syntax, _kind: string, text: string): Syntax {
    if (node.kind !== 'property') throw new Error(`A comment of a node of kind ${node.kind} is not supported.`);
    node.comment = text;
    return node;
  },
};
