import { type ArrayLiteralExpression, Node, type ObjectLiteralExpression, Project, type SourceFile } from 'ts-morph';
import type { Position } from '../common/diagnostics/diagnostic.ts';

/** Resolves an expression through `defineConfig(…)`, `satisfies` and variables. */
function literalOf(node: Node | undefined): ObjectLiteralExpression | ArrayLiteralExpression | undefined {
  if (node === undefined || Node.isObjectLiteralExpression(node) || Node.isArrayLiteralExpression(node)) return node;
  if (Node.isCallExpression(node)) return literalOf(node.getArguments()[0]);
  if (Node.isSatisfiesExpression(node) || Node.isAsExpression(node)) return literalOf(node.getExpression());
  if (!Node.isIdentifier(node)) return undefined;
  const [definition] = node.getDefinitionNodes();
  return Node.isVariableDeclaration(definition) ? literalOf(definition.getInitializer()) : undefined;
}

/** The object that the file exports. */
export function exportedObject(node: Node | undefined): ObjectLiteralExpression | undefined {
  const found = literalOf(node);
  return Node.isObjectLiteralExpression(found) ? found : undefined;
}

/** A configuration as a syntax tree. */
export const openSource = (text: string): SourceFile =>
  new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true }).createSourceFile(
    '/countersign.config.ts',
    text,
  );

/** The first syntax error. */
export function findSyntaxError(
  text: string,
  file: string,
): { readonly message: string; readonly at: Position } | undefined {
  const source = openSource(text);
  const [first] = source.getProject().getProgram().getSyntacticDiagnostics(source);
  if (first === undefined) return undefined;
  const { line, column } = source.getLineAndColumnAtPos(first.getStart());
  const said = first.getMessageText();
  return { message: typeof said === 'string' ? said : said.getMessageText(), at: { file, line, column } };
}

function memberOf(
  inside: ObjectLiteralExpression | ArrayLiteralExpression | undefined,
  name: PropertyKey,
): Node | undefined {
  if (Node.isArrayLiteralExpression(inside)) return inside.getElements()[Number(name)];
  return inside?.getProperties().find((property) => {
    if (!Node.isPropertyAssignment(property) && !Node.isShorthandPropertyAssignment(property)) return false;
    return property.getName().replace(/^['"`]|['"`]$/g, '') === String(name);
  });
}

/** The position of a property of the configuration, as precise as the syntax allows. */
export function locateMember(text: string, file: string, path: readonly PropertyKey[]): Position {
  const source = openSource(text);
  let at: Node = source;
  const assignment = source.getExportAssignment((found) => !found.isExportEquals());
  let inside = literalOf(assignment?.getExpression());
  if (assignment !== undefined) at = inside ?? assignment;
  for (const name of path) {
    const member = memberOf(inside, name);
    if (member === undefined) break;
    at = member;
    inside = literalOf(Node.isPropertyAssignment(member) ? member.getInitializer() : member);
  }
  const { line, column } = source.getLineAndColumnAtPos(at.getStart());
  return { file, line, column };
}
