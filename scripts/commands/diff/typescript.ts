import ts from 'typescript';

export { ts };
export type Checker = ts.TypeChecker;
export type Symbol = ts.Symbol;
export type SourceFile = ts.SourceFile;
