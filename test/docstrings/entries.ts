import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

export const root = join(import.meta.dirname, '../..');

/** Every public module of `@countersign/runtime/*`, `countersign` and `countersign/emitter`. */
export function publicModules(): readonly string[] {
  const runtime = readdirSync(join(root, 'runtime'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('/index.ts') && !path.includes('node_modules'))
    .map((path) => join(root, 'runtime', path));
  return [
    ...runtime,
    join(root, 'runtime/server/node.ts'),
    join(root, 'scripts/config/types.ts'),
    join(root, 'scripts/emit/public-api.ts'),
  ];
}

export type Exported = {
  /** `runtime/client/index.ts createClient`. */
  readonly label: string;
  readonly name: string;
  /** The module that exports it. */
  readonly module: string;
  /** Its docstring in plain text; '' without one. */
  readonly doc: string;
  /** TypeScript of its `@example` tags. */
  readonly examples: readonly string[];
};

/** The exports of modules, as the compiler resolves them. */
export function exportsOf(modules: readonly string[]): readonly Exported[] {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const program = ts.createProgram(modules, options);
  const checker = program.getTypeChecker();
  return modules.flatMap((module) => {
    const source = program.getSourceFile(module);
    const symbol = source && checker.getSymbolAtLocation(source);
    if (symbol === undefined) throw new Error(`${module} exports nothing`);
    return checker.getExportsOfModule(symbol).map((exported) => {
      const target = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      return {
        label: `${relative(root, module)} ${exported.name}`,
        name: exported.name,
        module,
        doc: ts.displayPartsToString(target.getDocumentationComment(checker)) || docOfNamespace(exported),
        examples: target
          .getJsDocTags(checker)
          .filter(({ name }) => name === 'example')
          .map(({ text }) => ts.displayPartsToString(text).replace(/^\s*```ts\n([\s\S]*)\n```\s*$/, '$1')),
      };
    });
  });
}

/** The comment before `export * as name`. Its target, a module, has no docstring. */
function docOfNamespace({ declarations = [] }: ts.Symbol): string {
  const statements = declarations.filter(ts.isNamespaceExport).map(({ parent }) => parent);
  return statements
    .flatMap((each) => ts.getJSDocCommentsAndTags(each))
    .map((doc) => doc.getText())
    .join('\n');
}

/** Exported declarations of all files below a folder, and those that have a docstring. */
export function countDeclarations(folder: string): { readonly all: number; readonly missing: readonly string[] } {
  const paths = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter(
    (path) => /\.tsx?$/.test(path) && !/(^|\/)(node_modules|dist)\/|\.d\.ts$/.test(path),
  );
  const declared = paths.flatMap((path) => {
    const source = ts.createSourceFile(
      path,
      ts.sys.readFile(join(root, folder, path)) ?? '',
      ts.ScriptTarget.Latest,
      true,
    );
    return source.statements.filter(isExported).map((statement) => ({
      label: `${folder}/${path}: ${statement.getText().split('\n')[0]}`,
      documented: ts.getJSDocCommentsAndTags(statement).length > 0,
    }));
  });
  const missing = declared.filter(({ documented }) => !documented).map(({ label }) => label);
  return { all: declared.length, missing };
}

const isExported = (node: ts.Statement): boolean =>
  ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
