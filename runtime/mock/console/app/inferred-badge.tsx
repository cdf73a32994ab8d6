/** @jsxImportSource preact */

export function InferredBadge() {
  return (
    <span class="badge inferred" title="The provider's own document does not say this; confirm it with them.">
      inferred
    </span>
  );
}
