/** What is wrong with a value, and where. */
export type Issue = { readonly path: readonly PropertyKey[]; readonly message: string };

/** Checks one value. @param first the first issue is enough */
export type Judge = (value: unknown, first: boolean) => readonly Issue[];
