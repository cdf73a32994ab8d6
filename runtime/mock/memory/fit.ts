import { valueAt, withValueAt } from '../../contract/index.ts';
import type { Item } from './collections.ts';

/** Returns the item as a valid body: unchanged, or merged into a valid value as far as the contract allows. */
export function fit(item: Item, sample: Item, id: string, isValid: (item: Item) => boolean): Item {
  if (isValid(item)) return item;
  let fitted = sample;
  const names = Object.keys(item).toSorted((a, b) => Number(b === id) - Number(a === id));
  for (const name of names) {
    const changed = { ...fitted, [name]: item[name] };
    if (isValid(changed)) fitted = changed;
  }
  for (const name of Object.keys(sample)) {
    if (Object.hasOwn(item, name)) continue;
    const { [name]: _, ...rest } = fitted;
    if (isValid(rest)) fitted = rest;
  }
  return fitted;
}

/**
 * Returns the body of the last page, which has no next page: the value is `null`, missing, or an empty text, as the
 * contract allows.
 */
export function nextless(body: object, pointer: string): readonly object[] {
  const steps = pointer.split('/');
  const name = (steps.pop() ?? '').replaceAll('~1', '/').replaceAll('~0', '~');
  const holder = steps.join('/');
  const { [name]: _, ...rest } = (valueAt(body, holder) ?? {}) as Item;
  const without = holder === '' ? rest : withValueAt(body, holder, rest);
  return [withValueAt(body, pointer, null), without, withValueAt(body, pointer, '')] as readonly object[];
}
