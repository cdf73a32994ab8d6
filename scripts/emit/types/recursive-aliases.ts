import { createNames } from '../../common/text/names.ts';
import { components as findCycles } from '../../model/schema/graph/components.ts';
import type { TypeExpression, TypeName } from './expression.ts';

/** The aliases of types that contain themselves. */
export type Aliases = {
  /** The alias of a type; undefined for one that needs none. */
  readonly aliasOf: (name: TypeName) => string | undefined;
};

const SUFFIX: { readonly [map in TypeName['map']]: string } = {
  schemas: 'schema',
  requestSchemas: 'request schema',
  responseSchemas: 'response schema',
};

const wordOf = ({ map, key }: TypeName): string => `${map}/${key}`;

/**
 * Finds the types that directly contain themselves, such as a list of itself or a union with such a list. Each becomes
 * a type alias, to which `components` refers: TypeScript accepts this recursion in an alias. In a property's type, it
 * only accepts it below another object.
 */
export function findAliases(
  types: readonly { readonly name: TypeName; readonly references: readonly string[] }[],
): Aliases {
  const byWord = new Map(types.map(({ name, references }) => [wordOf(name), references]));
  const cycles = findCycles([...byWord.keys()], (word) => (byWord.get(word) ?? []).filter((to) => byWord.has(to)));
  const aliased = new Set(cycles.flatMap((cycle) => (cycle.recursive ? cycle.members : [])));
  const names = createNames();
  return {
    // No name by openapi-typescript or TypeScript has this suffix.
    aliasOf: (name) => (aliased.has(wordOf(name)) ? names.typeName(`${name.key} ${SUFFIX[name.map]}`) : undefined),
  };
}

/** The named types that TypeScript must resolve before this type. It resolves the properties of objects later. */
export function directReferences(type: TypeExpression): readonly string[] {
  const found: string[] = [];
  const waiting = [type];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.kind === 'named') found.push(wordOf(next.name));
    else if (next.kind === 'list' || next.kind === 'stream' || next.kind === 'readonly') waiting.push(next.of);
    else if (next.kind === 'tuple')
      waiting.push(...next.items.map((item) => item.type), ...(next.rest ? [next.rest] : []));
    else if (next.kind === 'union' || next.kind === 'intersection') waiting.push(...next.of);
  }
  return found;
}
