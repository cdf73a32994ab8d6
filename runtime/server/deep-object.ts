import type { ParameterShape } from '../contract/index.ts';
import { coerce, coerceMember } from './coerce.ts';
import type { Query } from './query.ts';

const DEEPEST = 8;

/** `filter[name]=a&filter[size][min]=1`; undefined where nothing of the name is there. */
export function readDeepObject(query: Query, name: string, shape: ParameterShape): unknown {
  const root = new Map<string, unknown>();
  for (const [key, text] of query.pairs) {
    if (!key.startsWith(`${name}[`) || !key.endsWith(']')) continue;
    const path = key.slice(name.length + 1, -1).split('][');
    if (path.length <= DEEPEST) place(root, path, text, shape);
  }
  return root.size === 0 ? undefined : toObject(root);
}

type Branch = Map<string, unknown>;

function place(root: Branch, path: readonly string[], text: string, shape: ParameterShape): void {
  let branch = root;
  let at = shape;
  for (const [i, step] of path.entries()) {
    const next: ParameterShape = member(at, step);
    const known = branch.get(step);
    if (i < path.length - 1) {
      const child = known instanceof Map ? known : new Map<string, unknown>();
      branch.set(step, child);
      branch = child;
    } else if (Array.isArray(known)) {
      known.push(next.kind === 'array' ? coerceMember(text, next.items) : text);
    } else if (next.kind === 'array') {
      branch.set(step, [coerceMember(text, next.items)]);
    } else {
      // Twice the same: as a list it is refused by whatever asks for one value.
      branch.set(step, known === undefined ? coerce(text, next) : [known, text]);
    }
    at = next;
  }
}

function member(shape: ParameterShape, name: string): ParameterShape {
  if (shape.kind !== 'object') return { kind: 'any' };
  const own = Object.hasOwn(shape.properties, name) ? shape.properties[name] : undefined;
  return own ?? shape.rest ?? { kind: 'any' };
}

function toObject(branch: Branch): Record<string, unknown> {
  return Object.fromEntries([...branch].map(([key, value]) => [key, value instanceof Map ? toObject(value) : value]));
}
