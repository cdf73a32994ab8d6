/** A mistake in the configuration; `path` leads to where it stands. */
export type Problem = { readonly path: readonly PropertyKey[]; readonly message: string; readonly help: string };

/** `emitters.0.name`, for people. */
export const written = (path: readonly PropertyKey[]): string => `\`${path.join('.')}\``;
