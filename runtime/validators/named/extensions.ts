import type { Validator } from '../../contract/index.ts';

/** A schema that others extend (`allOf`), the property that distinguishes them, and the schema of each value. */
export type Extension = readonly [
  schema: Validator,
  property: string,
  choices: { readonly [value: string]: Validator },
];

const known = new WeakMap<object, Extension>();

/** Registers extensions. The properties of a schema then include those of the schema that its discriminator selects. */
export function addExtensions(extensions: readonly Extension[]): void {
  for (const extension of extensions) known.set(extension[0], extension);
}

export const extensionOf = (schema: object): Extension | undefined => known.get(schema);
