/** An error in the configuration. `path` is its place. */
export type Problem = { readonly path: readonly PropertyKey[]; readonly message: string; readonly help: string };

/** `emitters.0.name`, for people. */
export const written = (path: readonly PropertyKey[]): string => `\`${path.join('.')}\``;
