import { withOperations } from '../common/document/path-operations.ts';
import { isObject } from '../common/document/pointer.ts';
import type { StepContext } from './step.ts';

/** A path item with changed operations, also those of x-cs-dispatch; the same object if none changed. */
export function eachOperation(
  item: unknown,
  change: (operation: unknown) => unknown,
  derive: StepContext['derivations']['derive'],
): unknown {
  if (!isObject(item)) return item;
  const made = withOperations(item, ({ operation }) => change(operation), derive);
  const dispatch = item['x-cs-dispatch'];
  if (!Array.isArray(dispatch)) return made;
  const variants = dispatch.map((variant: unknown) => {
    const operation = isObject(variant) ? change(variant.operation) : undefined;
    return isObject(variant) && operation !== variant.operation ? derive({ ...variant, operation }, variant) : variant;
  });
  if (variants.every((variant, index) => variant === dispatch[index])) return made;
  return derive({ ...made, 'x-cs-dispatch': derive(variants, dispatch) }, item);
}
