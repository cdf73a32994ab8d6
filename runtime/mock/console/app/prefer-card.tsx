/** @jsxImportSource preact */

const WISHES: readonly (readonly [wish: string, gives: string])[] = [
  ['code=422', 'a code of the provider, in its own envelope; else that HTTP status'],
  ['example=name', 'the example of that name'],
  ['status=404', 'an HTTP status, where a code travels with several'],
  ['dynamic=true, seed=7', 'an answer made up from the schema, the same for the same seed'],
  ['x-delay=800', 'the answer after so many milliseconds'],
];

/** How any client has the mock give it another answer than the usual one. */
export function PreferCard() {
  return (
    <section class="card">
      <h2>Ask for an answer</h2>
      <p class="soft">
        Any request may say by the header <code>Prefer</code> what it wants. Wishes are joined by commas.
      </p>
      <dl class="wishes">
        {WISHES.map(([wish, gives]) => (
          <div key={wish}>
            <dt>
              <code>Prefer: {wish}</code>
            </dt>
            <dd class="soft">{gives}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
