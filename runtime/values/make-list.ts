import { listOf, type Make, type Making, type Schema, type SchemaObject } from './types.ts';

/** Default number of items. */
const USUAL = 2;
/** The maximum number of generated items, regardless of `minItems`. */
const MOST = 1000;
/** Number of attempts to generate an item that differs from the others. */
const TRIES = 30;

/** A list with a length that all schemas allow. Each item is valid by all of them. */
export function makeList(
  schemas: readonly SchemaObject[],
  name: string,
  making: Making,
  make: Make,
): readonly unknown[] {
  const numbers = (keyword: string) =>
    schemas.flatMap((schema) => (typeof schema[keyword] === 'number' ? [schema[keyword] as number] : []));
  const prefix = Math.max(0, ...schemas.map(({ prefixItems }) => listOf(prefixItems).length));
  const needed = schemas.flatMap(({ contains, minContains }): Schema[] =>
    contains === undefined
      ? []
      : Array.from({ length: Math.min(MOST, (minContains as number | undefined) ?? 1) }, () => contains as Schema),
  );
  const closed = schemas.some(({ items, prefixItems }) => items === false && listOf(prefixItems).length <= prefix);
  const least = Math.min(MOST, Math.max(0, ...numbers('minItems'), needed.length));
  const most = Math.min(MOST, ...numbers('maxItems'), ...(closed ? [prefix] : []));
  const wanted = making.full ? Math.max(USUAL, prefix) : 0;
  const length = Math.max(least, Math.min(most, wanted));
  const unique = schemas.some(({ uniqueItems }) => uniqueItems === true);
  const keys = new Set<string>();
  const items: unknown[] = [];
  for (let at = 0; at < length; at += 1) {
    const own = schemas.flatMap(({ prefixItems, items: rest }): Schema[] => {
      const first = listOf(prefixItems);
      if (at < first.length) return [first[at] as Schema];
      return rest === undefined || Array.isArray(rest) ? [] : [rest as Schema];
    });
    const contained = needed[at - Math.max(0, prefix > 0 && length > prefix ? prefix : 0)];
    const asked = contained === undefined ? own : [...own, contained];
    if (at >= least && !fits(asked, making)) break;
    let item = make(asked, name, making, unique ? at : 0);
    for (let draw = 1; unique && draw < TRIES && keys.has(JSON.stringify(item)); draw += 1) {
      item = make(asked, name, making, at + draw * length);
    }
    const key = JSON.stringify(item);
    if (unique && keys.has(key) && at >= least) break;
    keys.add(key);
    items.push(item);
  }
  return items;
}

/**
 * Whether another item may be generated. Optional items must be within the size limit and must not lead back to a
 * schema in progress.
 */
export function fits(schemas: readonly Schema[], { path, budget, document }: Making): boolean {
  if (budget <= 0 || schemas.includes(false)) return false;
  return !schemas.some((schema) => {
    const ref = typeof schema === 'object' ? schema['$ref'] : undefined;
    return path.has(typeof ref === 'string' ? document.resolve(ref) : schema);
  });
}
