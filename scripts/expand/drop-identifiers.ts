import { mentions, type Step } from './step.ts';
import { transform } from './transform.ts';

/**
 * Removes `$id` and anchors, which no reference needs: for other validators, a `$ref` below an `$id` does
 * not refer to the document, and an anchor of two schemas is an error. Targets of dynamic references stay.
 */
export const dropIdentifiers: Step = (document, { derivations, spec }) => {
  if (!mentions(spec, /\$(id|anchor|dynamicAnchor)\b/)) return document;
  let isDynamic = false;
  const without = transform(
    document,
    ['Schema'],
    (value) => {
      isDynamic ||= '$dynamicRef' in value;
      if (!('$id' in value) && !('$anchor' in value) && !('$dynamicAnchor' in value)) return value;
      const { $id: _, $anchor: __, $dynamicAnchor: ___, ...rest } = value;
      return rest;
    },
    derivations,
  );
  return isDynamic ? document : without;
};
