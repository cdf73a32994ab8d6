import { posix, relative, sep } from 'node:path';
import { Node, type ObjectLiteralExpression, type SourceFile, SyntaxKind } from 'ts-morph';
import { keyLiteral } from '../literal.ts';
import { createNames } from '../names.ts';
import type { PluginExport } from './read-exports.ts';

/** Module specifier of a hand-written file as a generated module in `from` writes it. */
export function specifier(from: string, path: string): string {
  const way = relative(from, path).split(sep).join(posix.sep);
  return way.startsWith('.') ? way : `./${way}`;
}

function objectOf(source: SourceFile, variable: string): ObjectLiteralExpression {
  const initializer = source.getVariableDeclarationOrThrow(variable).getInitializerOrThrow();
  const value = Node.isSatisfiesExpression(initializer) ? initializer.getExpression() : initializer;
  return value.asKindOrThrow(SyntaxKind.ObjectLiteralExpression);
}

/** Adds the imports and entries to one object of a composition file, in two edits however many there are. */
export function compose(
  source: SourceFile,
  variable: string,
  entries: ReadonlyMap<string, PluginExport>,
  folder: string,
): void {
  const names = createNames(source.getVariableDeclarations().map((declaration) => declaration.getName()));
  const aliases = new Map<string, string>();
  const byFile = new Map<string, { readonly name: string; readonly alias: string }[]>();
  for (const found of entries.values()) {
    const key = `${found.file.path} ${found.name}`;
    if (aliases.has(key)) continue;
    const alias = names.reserve(found.name) ? found.name : names.identifier(found.name);
    aliases.set(key, alias);
    byFile.set(found.file.path, [...(byFile.get(found.file.path) ?? []), { name: found.name, alias }]);
  }
  source.addImportDeclarations(
    [...byFile].map(([path, imported]) => ({
      moduleSpecifier: specifier(folder, path),
      namedImports: imported.map(({ name, alias }) => (name === alias ? { name } : { name, alias })),
    })),
  );
  objectOf(source, variable).addProperties(
    [...entries].map(([key, found]) => {
      const alias = aliases.get(`${found.file.path} ${found.name}`) ?? found.name;
      return key === alias ? key : `${keyLiteral(key)}: ${alias}`;
    }),
  );
}
