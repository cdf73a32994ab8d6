import { Node, type ObjectLiteralExpression, Project } from 'ts-morph';
import type { Position } from '../diagnostic.ts';

/** The object that the file exports, through `defineConfig(…)`, `satisfies` and a variable. */
function exportedObject(node: Node | undefined): ObjectLiteralExpression | undefined {
  if (node === undefined || Node.isObjectLiteralExpression(node)) return node;
  if (Node.isCallExpression(node)) return exportedObject(node.getArguments()[0]);
  if (Node.isSatisfiesExpression(node) || Node.isAsExpression(node)) return exportedObject(node.getExpression());
  if (!Node.isIdentifier(node)) return undefined;
  const [definition] = node.getDefinitionNodes();
  return Node.isVariableDeclaration(definition) ? exportedObject(definition.getInitializer()) : undefined;
}

/** Where a member of the configuration is written; as near to it as the syntax shows. */
export function locateMember(text: string, file: string, path: readonly PropertyKey[]): Position {
  const project = new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true });
  const source = project.createSourceFile('/countersign.config.ts', text);
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
