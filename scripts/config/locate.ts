import { Node, type ObjectLiteralExpression, Project, type SourceFile } from 'ts-morph';
import type { Position } from '../common/diagnostics/diagnostic.ts';

/** The object that the file exports, through `defineConfig(…)`, `satisfies` and a variable. */
export function exportedObject(node: Node | undefined): ObjectLiteralExpression | undefined {
  if (node === undefined || Node.isObjectLiteralExpression(node)) return node;
  if (Node.isCallExpression(node)) return exportedObject(node.getArguments()[0]);
  if (Node.isSatisfiesExpression(node) || Node.isAsExpression(node)) return exportedObject(node.getExpression());
  if (!Node.isIdentifier(node)) return undefined;
  const [definition] = node.getDefinitionNodes();
  return Node.isVariableDeclaration(definition) ? exportedObject(definition.getInitializer()) : undefined;
}

export const openSource = (text: string): SourceFile =>
  new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true }).createSourceFile(
    '/countersign.config.ts',
    text,
  );

/** The first thing that is no TypeScript. */
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

/** Where a member of the configuration is written; as near to it as the syntax shows. */
export function locateMember(text: string, file: string, path: readonly PropertyKey[]): Position {
  const source = openSource(text);
  let at: Node = source;
  const assignment = source.getExportAssignment((found) => !found.isExportEquals());
  let object = exportedObject(assignment?.getExpression());
  if (assignment !== undefined) at = object ?? assignment;
  for (const name of path) {
    const member = object?.getProperties().find((property) => {
      if (!Node.isPropertyAssignment(property) && !Node.isShorthandPropertyAssignment(property)) return false;
      return property.getName().replace(/^['"`]|['"`]$/g, '') === String(name);
    });
    if (member === undefined) break;
    at = member;
    object = Node.isPropertyAssignment(member) ? exportedObject(member.getInitializer()) : undefined;
  }
  const { line, column } = source.getLineAndColumnAtPos(at.getStart());
  return { file, line, column };
}
