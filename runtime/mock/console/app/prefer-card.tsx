/** @jsxImportSource preact */

const WISHES: readonly (readonly [wish: string, gives: string])[] = [
  ['code=422', 'the error with that code of the provider, else with that HTTP status'],
  ['example=name', 'the example with that name'],
  ['status=404', 'that HTTP status, where one code has several'],
  ['dynamic=true, seed=7', 'a response made from the schema; the same seed gives the same response'],
  ['x-delay=800', 'the response after that many milliseconds'],
];

/** How any client selects another response than the default one. */
export function PreferCard() {
  return (
    <section class="card">
      <h2>Ask for a response</h2>
      <p class="soft">
        A request selects its response by the header <code>Prefer</code>. Separate several preferences by commas.
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
