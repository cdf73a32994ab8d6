import type { Validator } from '../../contract/index.ts';

/** A schema that others extend (`allOf`), the property that distinguishes them, and the schema of each value. */
export type Extension = readonly [
  schema: Validator,
  property: string,
  choices: { readonly [value: string]: Validator },
];

const known = new WeakMap<object, Extension>();

/** What a schema names is, from here on, also what the one that the property chooses names. */
export function addExtensions(extensions: readonly Extension[]): void {
  for (const extension of extensions) known.set(extension[0], extension);
}

export const extensionOf = (schema: object): Extension | undefined => known.get(schema);
