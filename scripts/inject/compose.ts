import { posix, relative, sep } from 'node:path';
import { Node, type ObjectLiteralExpression, type SourceFile, SyntaxKind } from 'ts-morph';
import { keyLiteral, stringLiteral } from '../common/text/literal.ts';
import { createNames, isIdentifier, type Names } from '../common/text/names.ts';
import { ADDED_NAMES } from './handlers-module.ts';
import type { PluginExport } from './read-exports.ts';

/** Module specifier of a hand-written file, for an import in the generated module `from`. */
export function specifier(from: string, path: string): string {
  const way = relative(from, path).split(sep).join(posix.sep);
  return way.startsWith('.') ? way : `./${way}`;
}

function objectOf(source: SourceFile, variable: string): ObjectLiteralExpression {
  const initializer = source.getVariableDeclarationOrThrow(variable).getInitializerOrThrow();
  const value = Node.isSatisfiesExpression(initializer) ? initializer.getExpression() : initializer;
  return value.asKindOrThrow(SyntaxKind.ObjectLiteralExpression);
}

/** Every name that the module declares, imports or re-exports, and the lines to add after its imports. */
function namesOf(source: SourceFile): Names {
  const used = source.getDescendantsOfKind(SyntaxKind.Identifier).map((identifier) => identifier.getText());
  return createNames([...used, ...ADDED_NAMES]);
}

/** The name of an export in an import: a string if it is not an identifier. */
const importName = (name: string): string => (isIdentifier(name) ? name : stringLiteral(name));

/**
 * Adds the imports and entries to one object of a composition file, in two edits for any number of entries.
 *
 * @param typed whether the object's type must list the entries: with `isolatedDeclarations`, TypeScript does not infer
 * the type of an exported object
 */
export function compose(
  source: SourceFile,
  variable: string,
  entries: ReadonlyMap<string, PluginExport>,
  folder: string,
  { typed = false }: { readonly typed?: boolean } = {},
): void {
  const names = namesOf(source);
  const aliases = new Map<string, string>();
  const byFile = new Map<string, { readonly name: string; readonly alias: string }[]>();
  for (const found of entries.values()) {
    const key = `${found.file.path} ${found.name}`;
    if (aliases.has(key)) continue;
    const free = isIdentifier(found.name) && names.reserve(found.name);
    const alias = free ? found.name : names.identifier(found.name);
    aliases.set(key, alias);
    byFile.set(found.file.path, [...(byFile.get(found.file.path) ?? []), { name: found.name, alias }]);
  }
  source.addImportDeclarations(
    [...byFile].map(([path, imported]) => ({
      moduleSpecifier: specifier(folder, path),
      namedImports: imported.map(({ name, alias }) => (name === alias ? { name } : { name: importName(name), alias })),
    })),
  );
  const members = [...entries].map(([key, found]) => ({
    key,
    alias: aliases.get(`${found.file.path} ${found.name}`) ?? found.name,
  }));
  objectOf(source, variable).addProperties(
    members.map(({ key, alias }) => (key === alias ? key : `${keyLiteral(key)}: ${alias}`)),
  );
  if (!typed || members.length === 0) return;
  const types = members.map(({ key, alias }) => `${keyLiteral(key)}: typeof ${alias};`);
  source.getVariableDeclarationOrThrow(variable).setType(`{ ${types.join(' ')} }`);
}
