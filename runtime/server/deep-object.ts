import type { ParameterShape } from '../contract/index.ts';
import { coerceMember } from '../validators/coerce.ts';
import type { Query } from './query.ts';

const DEEPEST = 8;

/**
 * Reads a parameter such as `filter[name]=a&filter[size][min]=1`, `ids[]=a` or `items[0][price]=1`. Undefined if the
 * query has no parameter with the name.
 * @param others names of other parameters, which may look like `filter[a]`
 */
export function readDeepObject(
  query: Query,
  name: string,
  shape: ParameterShape,
  others: ReadonlySet<string> = new Set(),
): unknown {
  const root: Branch = new Map();
  for (const [key, text] of query.pairs) {
    if (!key.startsWith(`${name}[`) || !key.endsWith(']') || others.has(key)) continue;
    const path = key.slice(name.length + 1, -1).split('][');
    if (path.length <= DEEPEST) place(root, path, text, shape);
  }
  // In a list of parameters in the style `form`, the name is repeated.
  if (root.size === 0 && shape.kind === 'array') {
    const plain = query.pairs.filter(([key]) => key === name);
    return plain.length === 0 ? undefined : plain.map(([, text]) => coerceMember(text, shape.items));
  }
  return root.size === 0 ? undefined : toValue(root, shape);
}

type Branch = Map<string, unknown>;

function place(root: Branch, path: readonly string[], text: string, shape: ParameterShape): void {
  let branch = root;
  let at = shape;
  for (const [i, written] of path.entries()) {
    const isLast = i === path.length - 1;
    const step = written === '' && at.kind === 'array' ? nextIndex(branch, isLast ? undefined : path[i + 1]) : written;
    const next: ParameterShape = member(at, step);
    const known = branch.get(step);
    if (!isLast) {
      const child = known instanceof Map ? known : new Map<string, unknown>();
      branch.set(step, child);
      branch = child;
    } else if (Array.isArray(known)) {
      known.push(next.kind === 'array' ? coerceMember(text, next.items) : text);
    } else if (next.kind === 'array') {
      branch.set(step, [coerceMember(text, next.items)]);
    } else {
      // A repeated value becomes a list, which a validator of a single value rejects.
      branch.set(step, known === undefined ? coerceMember(text, next) : [known, text]);
    }
    at = next;
  }
}

/** The index of an item. `items[][price]` begins another item if the previous one already has that property. */
function nextIndex(branch: Branch, following: string | undefined): string {
  const last = branch.get(String(branch.size - 1));
  return String(last instanceof Map && following && !last.has(following) ? branch.size - 1 : branch.size);
}

function member(shape: ParameterShape, name: string): ParameterShape {
  if (shape.kind === 'array') return shape.items;
  if (shape.kind !== 'object') return { kind: 'any' };
  const own = Object.hasOwn(shape.properties, name) ? shape.properties[name] : undefined;
  return own ?? shape.rest ?? { kind: 'any' };
}

function toValue(branch: Branch, shape: ParameterShape): unknown {
  const entries = [...branch].map(([key, value]): [string, unknown] => [
    key,
    value instanceof Map ? toValue(value, member(shape, key)) : value,
  ]);
  if (shape.kind !== 'array' || !entries.every(([key]) => /^\d{1,6}$/.test(key))) return Object.fromEntries(entries);
  return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, value]) => value);
}
