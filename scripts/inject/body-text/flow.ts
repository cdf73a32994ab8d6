import { Node, type SourceFile, SyntaxKind } from 'ts-morph';
import { bare, bind, bindParameter, declarationOf, functionOf, type Kind, type Kinds, seeds } from './seeds.ts';

/** Calls whose result contains the bytes of their arguments. */
const COPIES = ['concat', 'toBytes', 'Buffer.concat', 'Buffer.from', 'Uint8Array.from', 'Uint8Array.of'];
/** Methods of bytes that return bytes. */
const PARTS = ['subarray', 'slice', 'valueOf', 'with', 'concat'];

/** Enough rounds and levels for any hand-written signer. */
const MOST_ROUNDS = 10;
const DEEPEST = 20;

/** What the value of an expression is; undefined if it is neither a signer's input nor made from one. */
export function kindOf(kinds: Kinds, node: Node | undefined, depth = 0): Kind | undefined {
  // A recursive function would not end.
  if (node === undefined || depth > DEEPEST) return undefined;
  const expression = bare(node);
  const strongest = (nodes: readonly (Node | undefined)[]): Kind | undefined => {
    const found = nodes.map((each) => kindOf(kinds, each, depth + 1));
    return found.find((kind) => kind === 'body') ?? found.find((kind) => kind !== undefined);
  };
  if (Node.isIdentifier(expression)) {
    const declared = declarationOf(expression);
    return declared && kinds.get(declared);
  }
  if (Node.isPropertyAccessExpression(expression) || Node.isElementAccessExpression(expression)) {
    const name = Node.isPropertyAccessExpression(expression)
      ? expression.getName()
      : expression.getArgumentExpression()?.getText().slice(1, -1);
    return name === 'body' && kindOf(kinds, expression.getExpression(), depth + 1) === 'input' ? 'body' : undefined;
  }
  if (Node.isSpreadElement(expression)) return kindOf(kinds, expression.getExpression(), depth + 1);
  if (Node.isArrayLiteralExpression(expression))
    return expression.getElements().some((each) => ['body', 'list'].includes(kindOf(kinds, each, depth + 1) ?? ''))
      ? 'list'
      : undefined;
  if (Node.isConditionalExpression(expression)) return strongest([expression.getWhenTrue(), expression.getWhenFalse()]);
  if (Node.isBinaryExpression(expression))
    return /^(\?\?|\|\||&&|,)$/.test(expression.getOperatorToken().getText())
      ? strongest([expression.getLeft(), expression.getRight()])
      : undefined;
  if (Node.isNewExpression(expression))
    return /^(Uint8Array|Buffer)$/.test(expression.getExpression().getText())
      ? bytesOf(strongest(expression.getArguments()))
      : undefined;
  if (!Node.isCallExpression(expression)) return undefined;
  const callee = expression.getExpression();
  if (COPIES.includes(callee.getText())) return bytesOf(strongest(expression.getArguments()));
  if (Node.isPropertyAccessExpression(callee) && PARTS.includes(callee.getName()))
    return kindOf(kinds, callee.getExpression(), depth + 1);
  return strongest(returnsOf(callee));
}

/** Joining a list of bytes gives bytes. */
const bytesOf = (kind: Kind | undefined): Kind | undefined => (kind === 'list' ? 'body' : kind);

/** The returned expressions of a function in this file, without those of functions inside it. */
function returnsOf(callee: Node): readonly (Node | undefined)[] {
  const written = functionOf(callee);
  if (!written) return [];
  if (Node.isArrowFunction(written) && !Node.isBlock(written.getBody())) return [written.getBody()];
  return written
    .getDescendantsOfKind(SyntaxKind.ReturnStatement)
    .filter(
      (statement) =>
        statement.getFirstAncestor(
          (node) =>
            Node.isArrowFunction(node) ||
            Node.isFunctionExpression(node) ||
            Node.isFunctionDeclaration(node) ||
            Node.isMethodDeclaration(node),
        ) === written,
    )
    .map((statement) => statement.getExpression());
}

/** Follows inputs and bodies through variables and the functions of a plugin. */
export function follow(source: SourceFile): Kinds {
  const kinds = seeds(source);
  const variables = source.getDescendantsOfKind(SyntaxKind.VariableDeclaration);
  const calls = source.getDescendantsOfKind(SyntaxKind.CallExpression);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    let found = false;
    for (const variable of variables) {
      const kind = kindOf(kinds, variable.getInitializer());
      if (kind) found = bind(kinds, variable, variable.getNameNode(), kind) || found;
    }
    for (const call of calls)
      for (const [index, argument] of call.getArguments().entries()) {
        const kind = kindOf(kinds, argument);
        if (kind) found = bindParameter(kinds, functionOf(call.getExpression()), index, kind) || found;
      }
    if (!found) break;
  }
  return kinds;
}
