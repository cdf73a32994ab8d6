/** @jsxImportSource preact */

const WISHES: readonly (readonly [wish: string, gives: string])[] = [
  ['code=422', 'the error with this provider code, or with this HTTP status'],
  ['example=name', 'the example with this name'],
  ['status=404', 'this HTTP status, if a code has several'],
  ['dynamic=true, seed=7', 'a response generated from the schema; the same seed returns the same response'],
  ['x-delay=800', 'the response after this delay in milliseconds'],
];

/** Explains how a client selects a response other than the default. */
export function PreferCard() {
  return (
    <section class="card">
      <h2>Choose the response</h2>
      <p class="soft">
        A request selects its response by the header <code>Prefer</code>. Separate several preferences by commas.
      </p>
      <dl class="preferences">
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
