import { inside, isJson, type Json } from '../json.ts';
import type { Pair } from '../pairs.ts';

type Texts = ReadonlyMap<string, string>;

/** The text of an operation or a schema, with all schemas that it references, by their names. */
function closure(value: unknown, document: Json): Texts {
  const schemas = inside(document, 'components', 'schemas');
  const texts = new Map([['', JSON.stringify(value) ?? '']]);
  const lead = (name: string): void => {
    if (name in schemas && !texts.has(name)) texts.set(name, JSON.stringify(schemas[name]));
  };
  for (const [at, text] of texts) {
    for (const [, name = ''] of text.matchAll(/"(?:#\/components\/schemas\/)?(\w+)"/g)) lead(name);
    // A discriminator also selects schemas that only reference its schema.
    if (text.includes('"discriminator"'))
      for (const [name, each] of Object.entries(schemas)) if (JSON.stringify(each).includes(`/${at}"`)) lead(name);
  }
  return texts;
}

/** Equal texts have equal meaning. */
const areEqual = (one: Texts, other: Texts): boolean =>
  one.size === other.size && [...one].every(([name, text]) => other.get(name) === text);

/** Types without a schema can have any name. */
const Same = { type: 'string' };
const METHODS = new Set(['get', 'put', 'post', 'delete']);

const withoutParts = ({ paths: _, components: __, info: ___, ...rest }: Json): string => JSON.stringify(rest);

/**
 * Both documents of a pair, without operations and schemas that are equal in both, which no judge could object to.
 * What holds for all operations keeps all of them.
 */
export function differing({ before, after }: Pair): Pick<Pair, 'before' | 'after'> {
  const sides = [before, after];
  const common = sides.map((side) => [
    withoutParts(side),
    JSON.stringify({ ...inside(side, 'components'), schemas: undefined }),
  ]);
  if (JSON.stringify(common[0]) !== JSON.stringify(common[1])) return { before, after };
  const isSame = (...at: readonly string[]): boolean => {
    const name = at.at(-1) ?? '';
    const [one, other] = sides.map((side) => {
      const holder = inside(side, ...at.slice(0, -1));
      return name in holder ? closure(holder[name], side) : undefined;
    });
    return one === undefined || other === undefined ? one === other : areEqual(one, other);
  };
  const operations = (item: unknown, path: string): Json =>
    Object.fromEntries(
      Object.entries(isJson(item) ? item : {}).filter(
        ([method]) => !METHODS.has(method) || !isSame('paths', path, method),
      ),
    );
  const rest = (side: Json, path: string): string =>
    JSON.stringify(Object.entries(inside(side, 'paths', path)).filter(([method]) => !METHODS.has(method)));
  const paths = (side: Json): Json =>
    Object.fromEntries(
      Object.entries(inside(side, 'paths')).flatMap(([path, item]) => {
        if (isSame('paths', path)) return [];
        const isApart = rest(before, path) !== rest(after, path);
        return [[path, isApart ? item : operations(item, path)]];
      }),
    );
  const kept = sides.map(paths);
  const used = new Set(sides.flatMap((side, index) => [...closure(kept[index], side).keys()]));
  const [old, now] = sides.map((side, index): Json => {
    const schemas = Object.entries(inside(side, 'components', 'schemas')).filter(
      ([name]) => used.has(name) || !isSame('components', 'schemas', name),
    );
    const needed = new Set(schemas.flatMap(([name, schema]) => [name, ...closure(schema, side).keys()]));
    const left = Object.entries(inside(side, 'components', 'schemas')).filter(([name]) => needed.has(name));
    return {
      ...side,
      paths: kept[index],
      components: { ...inside(side, 'components'), schemas: { ...Object.fromEntries(left), Same } },
    };
  });
  return isJson(old) && isJson(now) ? { before: old, after: now } : { before, after };
}
