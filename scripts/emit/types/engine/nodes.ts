/** A node of TypeScript syntax: only what the transforms of openapi-typescript build and read. */
export type Syntax =
  /** Keywords, identifiers, numbers and tokens. */
  | { readonly kind: 'word'; readonly text: string; readonly escapedText: string }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'reference'; readonly name: Syntax; readonly typeArguments: readonly Syntax[] }
  | { readonly kind: 'access'; readonly object: Syntax; readonly key: Syntax }
  | { readonly kind: 'literal'; readonly members: readonly Syntax[] }
  | Property
  | { readonly kind: 'parameter'; readonly name: Syntax; readonly type: Syntax }
  | { readonly kind: 'index'; readonly modifiers: Modifiers; readonly parameter: Syntax; readonly type: Syntax }
  | { readonly kind: 'interface'; readonly modifiers: Modifiers; readonly name: Syntax; members: readonly Syntax[] }
  | { readonly kind: 'alias'; readonly modifiers: Modifiers; readonly name: Syntax; readonly type: Syntax };

/** A property of an interface or an object type. */
export type Property = {
  readonly kind: 'property';
  readonly modifiers: Modifiers;
  readonly name: Syntax;
  readonly questionToken: Syntax | undefined;
  readonly type: Syntax;
  /** The text between the delimiters of its comment. */
  comment: string | undefined;
};

type Modifiers = readonly Syntax[] | undefined;

/** A word. TypeScript keeps the text of a name twice. */
export const word = (text: string): Syntax => ({ kind: 'word', text, escapedText: text });
