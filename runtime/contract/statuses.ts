type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
type Class = 1 | 2 | 3 | 4 | 5;
type Within<C extends Class> = `${C}${Digit}${Digit}` extends `${infer N extends number}` ? N : never;

/** Statuses that a key of `responses` covers. A status with its own key is not covered by a range. */
export type Covered<S, Own> = S extends `${infer C extends Class}XX`
  ? Exclude<Within<C>, Own>
  : S extends number
    ? S
    : S extends `${infer N extends number}`
      ? N
      : never;

type Ranged<Responses> = { [S in keyof Responses]: Covered<S, keyof Responses> }[keyof Responses];

/** Statuses that only `default` covers. */
export type Others<Responses> = Exclude<Within<Class>, Ranged<Responses>>;
