import { pathShape, withoutFragment } from '../contract/index.ts';

type Placed = { readonly method: string; readonly path: string };

const namesOf = (path: string): readonly string[] => [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);

/**
 * Groups operations by path template. Paths that differ only in the names of their parameters are one path if their
 * methods differ: GitHub has `GET …/attestations/{subject_digest}` and `DELETE …/attestations/{attestation_id}`.
 *
 * Requests do not contain a fragment. Of the operations that differ only in it, the one without a fragment is used,
 * otherwise the first. Lint reports the others.
 */
export function groupByPath<T>(items: readonly T[], placeOf: (item: T) => Placed): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  const byShape = new Map<string, { readonly path: string; readonly methods: Map<string, string> }[]>();
  const hasFragment = (item: T): boolean => withoutFragment(placeOf(item).path) !== placeOf(item).path;
  const ordered = items.some(hasFragment)
    ? [...items].sort((one, other) => Number(hasFragment(one)) - Number(hasFragment(other)))
    : items;
  for (const item of ordered) {
    const { method, path } = placeOf(item);
    const shape = pathShape(path);
    const same = byShape.get(shape) ?? [];
    byShape.set(shape, same);
    let group = same.find(({ methods }) => (methods.get(method) ?? path) === path);
    if (!group) {
      group = { path: same.length === 0 ? withoutFragment(path) : path, methods: new Map() };
      same.push(group);
    }
    group.methods.set(method, path);
    groups.set(group.path, [...(groups.get(group.path) ?? []), item]);
  }
  return groups;
}

/**
 * Converts the values of one template to those of another template with the same shape. Undefined if both have the same
 * names.
 */
export function renameValues(
  from: string,
  to: string,
): ((values: Readonly<Record<string, string>>) => Readonly<Record<string, string>>) | undefined {
  if (from === to) return undefined;
  const [given, wanted] = [namesOf(from), namesOf(to)];
  return (values) => Object.fromEntries(wanted.map((name, at) => [name, values[given[at] ?? ''] ?? '']));
}
