import fc from 'fast-check';

type Member = { readonly name: string; readonly change: 'drop' | 'replace' | 'add'; readonly value: unknown };

/** Values that often break servers: NUL, lone surrogates, very long texts, and numbers at their limits. */
export const awkward = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, -0, -1, 1.5, 1e21, Number.MAX_SAFE_INTEGER, 2 ** 53, -(2 ** 63)),
  fc.constantFrom<unknown>('', ' ', '0', '\0', '\ud800', 'é', '😀', "'; DROP TABLE x; --", '__proto__', [], {}),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ minLength: 250, maxLength: 260 }),
  fc.integer(),
  fc.double(),
  fc.jsonValue({ maxDepth: 2 }),
);

/** The value as the text of a parameter. `String` would throw for an object whose `toString` is a number. */
export const awkwardText = awkward.map((value) => (typeof value === 'string' ? value : JSON.stringify(value)));

/** As JSON represents it: NaN becomes null, -0 becomes 0. */
const onTheWire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/**
 * Objects similar to the given ones, with removed, replaced and added properties. A validator decides which of them are
 * valid.
 */
export function mutated(base: fc.Arbitrary<object>): fc.Arbitrary<unknown> {
  const changes = (names: readonly string[]): fc.Arbitrary<readonly Member[]> =>
    fc.array(
      fc.record({
        name: names.length > 0 ? fc.oneof(fc.constantFrom(...names), fc.string()) : fc.string(),
        change: fc.constantFrom('drop', 'replace', 'add'),
        value: awkward,
      }),
      { maxLength: 2 },
    );
  return fc.oneof(
    { weight: 3, arbitrary: base.map(onTheWire) },
    {
      weight: 6,
      arbitrary: base.chain((value) =>
        changes(Object.keys(value)).map((list) => {
          const copy: Record<string, unknown> = { ...value };
          for (const { name, change, value: next } of list) {
            if (change === 'drop') delete copy[name];
            else
              Object.defineProperty(copy, name, { value: next, enumerable: true, writable: true, configurable: true });
          }
          return onTheWire(copy);
        }),
      ),
    },
    { weight: 1, arbitrary: awkward.map(onTheWire) },
  );
}
