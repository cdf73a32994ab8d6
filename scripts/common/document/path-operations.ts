import { isObject, type JsonObject, ownMember } from './pointer.ts';

/** The methods that a path item has a fixed field for; `query` is one since OpenAPI 3.2. */
export const FIXED_METHODS: readonly string[] = [
  'get',
  'put',
  'post',
  'delete',
  'options',
  'head',
  'patch',
  'trace',
  'query',
];

/** The field of a path item in OpenAPI 3.2 that contains operations of any other method. */
export const ADDITIONAL = 'additionalOperations';

/** One operation of a path item. */
export type PlacedOperation = {
  /** The method as it is sent: `GET`, `QUERY`, `COPY`. */
  readonly method: string;
  /** The path below the path item: `['get']`, `['additionalOperations', 'COPY']`. */
  readonly steps: readonly string[];
  readonly operation: JsonObject;
};

/** The operations of a path item, those of fixed fields first. */
export function operationsOf(item: JsonObject): readonly PlacedOperation[] {
  const found: PlacedOperation[] = [];
  const add = (method: string, steps: readonly string[], operation: unknown): void => {
    if (isObject(operation)) found.push({ method, steps, operation });
  };
  for (const field of FIXED_METHODS)
    if (Object.hasOwn(item, field)) add(field.toUpperCase(), [field], ownMember(item, field));
  const others = isObject(item[ADDITIONAL]) ? Object.entries(item[ADDITIONAL]) : [];
  for (const [method, operation] of others) add(method, [ADDITIONAL, method], operation);
  return found;
}

/** A path item with changed operations; the same object if none changed. */
export function withOperations<Item extends JsonObject>(
  item: Item,
  change: (placed: PlacedOperation) => unknown,
  derive: <Made extends object>(made: Made, from: object) => Made,
): Item {
  const fixed: { [field: string]: unknown } = {};
  const additional: { [method: string]: unknown } = {};
  for (const placed of operationsOf(item)) {
    const made = change(placed);
    if (made === placed.operation) continue;
    const [field = '', method] = placed.steps;
    if (method === undefined) fixed[field] = made;
    else additional[method] = made;
  }
  const hasAdditional = Object.keys(additional).length > 0;
  if (!hasAdditional && Object.keys(fixed).length === 0) return item;
  const others = item[ADDITIONAL];
  return derive(
    {
      ...item,
      ...fixed,
      ...(hasAdditional && isObject(others) && { [ADDITIONAL]: derive({ ...others, ...additional }, others) }),
    },
    item,
  );
}
