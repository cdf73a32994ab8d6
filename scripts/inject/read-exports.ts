import { type ExportSpecifier, Node, type SourceFile, SyntaxKind } from 'ts-morph';
import type { Diagnostic, Position } from '../common/diagnostics/diagnostic.ts';
import type { PluginFile } from '../load/load-plugins.ts';

/** A value that a plugin exports, under its exported name. */
export type PluginExport = { readonly name: string; readonly file: PluginFile; readonly at: Position };

function positionOf(node: Node, file: PluginFile): Position {
  const { line, column } = node.getSourceFile().getLineAndColumnAtPos(node.getStart());
  return { file: file.shown, line, column };
}

const problem = (node: Node, file: PluginFile, code: string, message: string, help: string): Diagnostic => ({
  severity: 'error',
  code,
  message,
  help,
  at: positionOf(node, file),
});

/** `b` of `export { a as b }` and of `export { a as 'b' }`. */
function exportedName(specifier: ExportSpecifier): string {
  const node = specifier.getAliasNode() ?? specifier.getNameNode();
  return Node.isStringLiteral(node) ? node.getLiteralValue() : node.getText();
}

/** Names that one statement exports as values. Injection ignores types. */
function namesOf(statement: Node): readonly { readonly name: string; readonly node: Node }[] {
  if (Node.isVariableStatement(statement) && statement.hasExportKeyword()) {
    return statement
      .getDeclarations()
      .map((declaration) => ({ name: declaration.getName(), node: declaration.getNameNode() }));
  }
  if ((Node.isFunctionDeclaration(statement) || Node.isClassDeclaration(statement)) && statement.hasExportKeyword()) {
    return [{ name: statement.getName() ?? 'default', node: statement.getNameNode() ?? statement }];
  }
  if (Node.isExportDeclaration(statement) && !statement.isTypeOnly()) {
    return statement
      .getNamedExports()
      .filter((specifier) => !specifier.isTypeOnly())
      .map((specifier) => ({ name: exportedName(specifier), node: specifier }));
  }
  return [];
}

/** Reads the syntax of a plugin: its exported values, and the exports that cannot be matched by name. */
export function readExports(
  source: SourceFile,
  file: PluginFile,
): { readonly exports: readonly PluginExport[]; readonly diagnostics: readonly Diagnostic[] } {
  const exports: PluginExport[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const statement of source.getStatements()) {
    const isDefault =
      Node.isExportAssignment(statement) ||
      (Node.isModifierable(statement) && statement.hasModifier(SyntaxKind.DefaultKeyword));
    if (isDefault) {
      diagnostics.push(
        problem(
          statement,
          file,
          'plugin-default-export',
          'A plugin must not have a default export: exports are matched by name.',
          'Export it under the name of its operationId or security scheme: `export const name = …`.',
        ),
      );
      continue;
    }
    if (Node.isExportDeclaration(statement) && !statement.isTypeOnly() && statement.isNamespaceExport()) {
      diagnostics.push(
        problem(
          statement,
          file,
          'plugin-star-export',
          '`export *` is not supported in a plugin: its names are not visible.',
          'Export each name: `export { a, b } from …`.',
        ),
      );
      continue;
    }
    for (const { name, node } of namesOf(statement)) exports.push({ name, file, at: positionOf(node, file) });
  }
  return { exports, diagnostics };
}
