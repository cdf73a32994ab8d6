import { join } from 'node:path';
import type { Checker, Symbol as Exported, SourceFile } from './typescript.ts';
import { ts } from './typescript.ts';

/** One exported name of one entry point. */
export type SurfaceName = {
  readonly entry: string;
  readonly name: string;
  /** `value`, `type` or both: a class. */
  readonly kind: string;
  /** Type parameters, for names of types. */
  readonly parameters: number;
  /**
   * Whether it is generated from the contract, whose differences are compared separately. Otherwise it is part of the
   * runtime.
   */
  readonly fromContract: boolean;
};

/** Where the bundler of declarations records the source file of a part. */
function originOf(source: SourceFile, position: number): string {
  const before = source.text.slice(0, position);
  return /\/\/#region ([^\n]*)\n(?![\s\S]*\/\/#region )/.exec(before)?.[1] ?? '';
}

function describe(checker: Checker, entry: string, exported: Exported): SurfaceName {
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  const isValue = (symbol.flags & ts.SymbolFlags.Value) !== 0;
  const isType = (symbol.flags & ts.SymbolFlags.Type) !== 0;
  const [declaration] = symbol.declarations ?? [];
  const parameters = (symbol.declarations ?? []).map(
    (node) => ts.getEffectiveTypeParameterDeclarations(node as never).length,
  );
  const origin = declaration === undefined ? '' : originOf(declaration.getSourceFile(), declaration.getStart());
  return {
    entry,
    name: exported.name,
    kind: [...(isValue ? ['value'] : []), ...(isType ? ['type'] : [])].join(' and '),
    parameters: Math.max(0, ...parameters),
    fromContract: !origin.includes('runtime/'),
  };
}

/** The exports of a package's entry points, from its declarations. */
export function readSurface(
  folder: string,
  entries: readonly { readonly entry: string; readonly module: string }[],
): readonly SurfaceName[] {
  const files = entries.map(({ module }) => join(folder, `${module}.d.ts`));
  const program = ts.createProgram(files, {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    noLib: true,
    types: [],
    skipLibCheck: true,
  });
  const checker = program.getTypeChecker();
  return entries.flatMap(({ entry, module }) => {
    const source = program.getSourceFile(join(folder, `${module}.d.ts`));
    const symbol = source && checker.getSymbolAtLocation(source);
    return symbol === undefined
      ? []
      : checker.getExportsOfModule(symbol).map((exported) => describe(checker, entry, exported));
  });
}
