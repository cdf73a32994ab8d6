import { type BindingName, Node, type ParameterDeclaration, type SourceFile, SyntaxKind } from 'ts-morph';

/**
 * What a name in a signing plugin refers to: the whole input of a signer, the bytes of a body, a list that contains
 * such bytes, or the message that `sign` and `verify` receive, which is bytes or text.
 */
export type Kind = 'input' | 'body' | 'list' | 'message';
/** What the name of each declaration refers to. */
export type Kinds = Map<Node, Kind>;

/** A function with a body in this file. */
export type Written = Node & { getParameters(): ParameterDeclaration[] };

const isWritten = (node: Node | undefined): node is Written =>
  Node.isArrowFunction(node) ||
  Node.isFunctionExpression(node) ||
  Node.isFunctionDeclaration(node) ||
  Node.isMethodDeclaration(node);

/** The expression without parentheses, assertions and `await`, which do not change its kind. */
export function bare(node: Node): Node {
  let inner = node;
  while (
    Node.isParenthesizedExpression(inner) ||
    Node.isAsExpression(inner) ||
    Node.isSatisfiesExpression(inner) ||
    Node.isNonNullExpression(inner) ||
    Node.isAwaitExpression(inner)
  )
    inner = inner.getExpression();
  return inner;
}

/** The declaration of a name. */
export function declarationOf(node: Node): Node | undefined {
  const symbol = Node.isShorthandPropertyAssignment(node) ? node.getValueSymbol() : node.getSymbol();
  return symbol?.getValueDeclaration();
}

/** The function that an expression is or names; undefined if this file does not contain it. */
export function functionOf(node: Node | undefined): Written | undefined {
  if (node === undefined) return undefined;
  const expression = bare(node);
  if (isWritten(expression)) return expression;
  const declared = Node.isIdentifier(expression) ? declarationOf(expression) : expression;
  if (isWritten(declared)) return declared;
  return Node.isVariableDeclaration(declared) ? functionOf(declared.getInitializer()) : undefined;
}

/** Records what a name, or each name of a pattern, refers to. Returns whether this adds a fact. */
export function bind(kinds: Kinds, declaration: Node, name: BindingName, kind: Kind): boolean {
  if (Node.isObjectBindingPattern(name)) {
    if (kind !== 'input') return false;
    const found = name.getElements().map((element) => {
      const isRest = element.getDotDotDotToken() !== undefined;
      const property =
        element
          .getPropertyNameNode()
          ?.getText()
          .replace(/^['"]|['"]$/g, '') ?? element.getName();
      if (!isRest && property !== 'body') return false;
      return bind(kinds, element, element.getNameNode(), isRest ? 'input' : 'body');
    });
    return found.includes(true);
  }
  if (!Node.isIdentifier(name) || kinds.has(declaration)) return false;
  kinds.set(declaration, kind);
  return true;
}

/** Records what the parameter of a function refers to. Returns whether this adds a fact. */
export function bindParameter(kinds: Kinds, written: Written | undefined, index: number, kind: Kind): boolean {
  const parameter = written?.getParameters()[index];
  return parameter !== undefined && bind(kinds, parameter, parameter.getNameNode(), kind);
}

/** The functions of a signer, with the kind of each parameter. */
const MEMBERS: Readonly<Record<string, readonly (Kind | undefined)[]>> = {
  stringToSign: ['input'],
  sign: ['message', 'input'],
  verify: ['message', undefined, 'input'],
};

function typedKind(type: string): Kind | undefined {
  if (/\bSigningInput\[['"]body['"]\]/.test(type)) return 'body';
  return /\bSigningInput\b(?!\[)/.test(type) ? 'input' : undefined;
}

/** The names that a plugin declares as input: the parameters of its signers, and parameters with such a type. */
export function seeds(source: SourceFile): Kinds {
  const kinds: Kinds = new Map();
  for (const literal of source.getDescendantsOfKind(SyntaxKind.ObjectLiteralExpression)) {
    if (!literal.getProperty('stringToSign')) continue;
    for (const [name, parameters] of Object.entries(MEMBERS)) {
      const member = literal.getProperty(name);
      const value = Node.isPropertyAssignment(member) ? member.getInitializer() : member;
      const written = isWritten(value)
        ? value
        : Node.isShorthandPropertyAssignment(value)
          ? functionOf(declarationOf(value))
          : functionOf(value);
      for (const [index, kind] of parameters.entries()) if (kind) bindParameter(kinds, written, index, kind);
    }
  }
  for (const parameter of source.getDescendantsOfKind(SyntaxKind.Parameter)) {
    const kind = typedKind(parameter.getTypeNode()?.getText() ?? '');
    if (kind) bind(kinds, parameter, parameter.getNameNode(), kind);
  }
  return kinds;
}
