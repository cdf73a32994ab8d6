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

/** Statuses that one of the keys covers. */
type Ranged<Own, One = Own> = One extends unknown ? Covered<One, Own> : never;

/** Statuses that none of the keys of `responses` covers, so that only `default` does. */
export type Others<Own> = Exclude<Within<Class>, Ranged<Own>>;
