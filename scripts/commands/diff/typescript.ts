import ts from 'typescript';

export { ts };
/** The type checker of TypeScript. */
export type Checker = ts.TypeChecker;
/** A symbol of TypeScript. */
export type Symbol = ts.Symbol;
/** A source file of TypeScript. */
export type SourceFile = ts.SourceFile;
