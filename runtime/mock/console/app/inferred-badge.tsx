/** @jsxImportSource preact */

export function InferredBadge() {
  return (
    <span class="badge inferred" title="The provider does not document this. Confirm it with the provider.">
      inferred
    </span>
  );
}
