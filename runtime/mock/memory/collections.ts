/** One stored item. */
export type Item = Readonly<Record<string, unknown>>;

/**
 * All items of one provider, by the path of their collection with its values, `/customers/7/orders`. They are in order
 * of creation.
 */
export type Stored = { readonly [collection: string]: readonly Item[] };

/** The state of a stateful mock of one provider. */
export type Collections = {
  has(path: string): boolean;
  all(path: string): readonly Item[];
  /** Replaces the item at this position, or adds it. */
  put(path: string, item: Item, place?: number): void;
  /** Removes an item and all collections below it. */
  remove(path: string, place: number, below: string): void;
  /** Returns a number that no item of the collection has had. */
  next(path: string): number;
  replaceAll(stored: Stored): void;
  readonly stored: Stored;
};

/** Stores collections between runs. */
export type Shelf = {
  /** Loads the collections of a provider. Undefined if none are stored. */
  load(provider: string): Stored | undefined;
  save(provider: string, stored: Stored): void;
};

/** A shelf that stores nothing beyond the process. */
export const noShelf: Shelf = { load: () => undefined, save: () => undefined };

/** Creates the collections of one provider from the shelf. */
export function createCollections(provider: string, shelf: Shelf): Collections {
  const paths = new Map<string, Item[]>();
  const counts = new Map<string, number>();
  const fill = (stored: Stored): void => {
    paths.clear();
    counts.clear();
    for (const [path, items] of Object.entries(stored)) paths.set(path, [...items]);
  };
  fill(shelf.load(provider) ?? {});
  const collections: Collections = {
    get stored() {
      return Object.fromEntries(paths);
    },
    has: (path) => paths.has(path),
    all: (path) => paths.get(path) ?? [],
    put(path, item, place) {
      const items = paths.get(path) ?? [];
      paths.set(path, items);
      if (place === undefined) items.push(item);
      else items[place] = item;
      shelf.save(provider, collections.stored);
    },
    remove(path, place, below) {
      paths.get(path)?.splice(place, 1);
      for (const other of paths.keys()) if (other.startsWith(`${below}/`)) paths.delete(other);
      shelf.save(provider, collections.stored);
    },
    next(path) {
      const count = (counts.get(path) ?? collections.all(path).length) + 1;
      counts.set(path, count);
      return count;
    },
    replaceAll(stored) {
      fill(stored);
      shelf.save(provider, collections.stored);
    },
  };
  return collections;
}
