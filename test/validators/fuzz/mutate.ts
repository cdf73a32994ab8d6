import { fc } from './fast-check.ts';
import { anything, type Draw } from './sample.ts';

/** The value with one place changed: replaced, omitted, added to or doubled. */
export function mutate(value: unknown, draw: Draw): unknown {
  const copy: unknown = structuredClone(value);
  const places = containers(copy);
  const place = draw(fc.integer, { min: -1, max: places.length - 1 });
  const container = places[place];
  const other = anything({ resolve: () => undefined, draw } as never);
  if (container === undefined) return other;
  const kind = draw(fc.integer, { min: 0, max: 3 });
  if (Array.isArray(container)) {
    const index = draw(fc.integer, { min: 0, max: Math.max(0, container.length - 1) });
    if (kind === 0) container.splice(index, 1);
    else if (kind === 1) container.push(container[index] ?? other);
    else container[index] = other;
    return copy;
  }
  const names = Object.keys(container);
  const name = names[draw(fc.integer, { min: 0, max: Math.max(0, names.length - 1) })];
  if (kind === 0 && name !== undefined) delete container[name];
  else if (kind === 1 || name === undefined) container.added = other;
  else container[name] = other;
  return copy;
}

type Container = unknown[] | { [name: string]: unknown };

/** Every array and object in a value, outermost first. */
function containers(value: unknown): readonly Container[] {
  const found: Container[] = [];
  const waiting = [value];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    found.push(next as Container);
    waiting.push(...Object.values(next).filter((inner) => inner !== null && inner !== undefined));
  }
  return found;
}
