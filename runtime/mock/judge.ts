/** A problem of a value, with its location. */
export type Issue = { readonly path: readonly PropertyKey[]; readonly message: string };

/** Validates one value. @param first whether the first issue is enough */
export type Judge = (value: unknown, first: boolean) => readonly Issue[];
