import type ts from 'typescript';

/** The parts of the package `typescript` that make our own nodes. */
export type TypeScript = Pick<typeof ts, 'factory' | 'SyntaxKind' | 'isInterfaceDeclaration'>;

/** The transforms of openapi-typescript, with what makes and prints their nodes. */
export type Engine = {
  readonly ts: TypeScript;
  readonly transforms: Transforms;
  /** The text of a member of an interface or an object type in column `at`, with the texts of the placeholders. */
  readonly memberText: (member: ts.TypeElement, at: number) => string;
  /** The text of a declaration without placeholders. */
  readonly print: (declaration: ts.Node) => string;
};

/** The module of openapi-typescript that transforms a document. */
export type Transforms = typeof import('openapi-typescript/dist/transform/index.js');

/** The texts of placeholders. */
export type Placed = {
  /** The text of the type with this number, in a line that begins at column `at`. */
  readonly typeText: (number: number, at: number) => string;
  /** The literal of the name with this number. */
  readonly literalText: (number: number) => string;
};

/** A key of `components["schemas"]` begins with this, and a number follows, if it stands for a type. */
export const TYPE_MARK = 'countersign-type-';
/** A text begins with this, and a number follows, if it stands for a name. */
export const TEXT_MARK = 'countersign-text-';
/** The name of a parameter that is the whole query. */
export const WHOLE_QUERY = 'countersign-querystring';
