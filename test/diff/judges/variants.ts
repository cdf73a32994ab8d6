import { isJson, type Json } from '../json.ts';

/** The keywords in a text of schemas with their values: `"maxItems":3`. */
const STATED = /"(m[ai][nx]\w+|multipleOf|const)":("(?:[^"\\]|\\.)*"|[^,{}[\]]+)|"enum":(\[[^{}\]]*\])/g;

/** The keywords in which two texts of schemas differ. */
function statedOtherwise(one: string, other: string): readonly (readonly [keyword: string, value: unknown])[] {
  const [left, right] = [one, other].map((text) => [...text.matchAll(STATED)].map(([found]) => found));
  const only = (mine: readonly string[] = [], yours: readonly string[] = []): readonly string[] => {
    const rest = [...yours];
    return mine.filter((each) => {
      const index = rest.indexOf(each);
      if (index >= 0) rest.splice(index, 1);
      return index < 0;
    });
  };
  return [...new Set([...only(left, right), ...only(right, left)])].flatMap((text) =>
    Object.entries(JSON.parse(`{${text}}`) as Json),
  );
}

/** Values near the limits in which two schemas differ, and values that only one of them lists. */
type Near = {
  readonly values: readonly unknown[];
  readonly sizes: readonly number[];
  readonly names: readonly string[];
};

const around = (bound: number): readonly number[] => [-1, 0, 1].map((off) => bound + off).filter((each) => each >= 0);
/** More items would not find more. */
const MOST_ITEMS = 12;

/** @param names properties that an object may contain although its schema does not name them */
export function nearOf(one: string, other: string, names: readonly string[]): Near {
  const stated = statedOtherwise(one, other);
  const sizes = stated.flatMap(([keyword, value]) => (/Items$/.test(keyword) ? around(Number(value)) : []));
  const values = stated.flatMap(([keyword, value]): readonly unknown[] => {
    if (keyword === 'const' || keyword === 'enum') return [value].flat();
    if (/Length$/.test(keyword)) return around(Number(value)).map((length) => 'a'.repeat(length));
    return /Items$|Properties$/.test(keyword) ? [] : [-1, 0, 1].map((off) => Number(value) + off);
  });
  return {
    values: [...new Set([...values, 1.5, null])],
    sizes: [...new Set(sizes)].filter((size) => size <= MOST_ITEMS),
    names,
  };
}

/** The value with each of its parts in turn omitted, replaced by a similar one, or followed by an additional one. */
export function variantsOf(value: unknown, near: Near): readonly unknown[] {
  if (Array.isArray(value)) {
    const sized = near.sizes.map((size) => Array.from({ length: size }, (_, index) => value[index] ?? value.at(-1)));
    const items = value
      .slice(0, 3)
      .flatMap((item, index) => [
        value.toSpliced(index, 1),
        ...variantsOf(item, near).map((variant) => value.with(index, variant)),
      ]);
    return value.length === 0 ? [] : [...sized, [...value, value[0]], [...value, value.at(-1)], ...items];
  }
  if (!isJson(value)) return near.values;
  const members = Object.entries(value).flatMap(([name, member]) => {
    const { [name]: _, ...rest } = value;
    return [rest, ...variantsOf(member, near).map((variant) => ({ ...value, [name]: variant }))];
  });
  const added = ['a', 1, true, ...Object.values(value).slice(0, 1)];
  const more = near.names
    .filter((name) => !Object.hasOwn(value, name))
    .flatMap((name) => added.map((member) => ({ ...value, [name]: member })));
  return [...members, ...more];
}

/** The parts of a value, with their types. */
function placesOf(value: unknown, at = ''): readonly string[] {
  const inner = Array.isArray(value) ? Object.entries(value.slice(0, 3)) : isJson(value) ? Object.entries(value) : [];
  return [`${at} ${typeof value}`, ...inner.flatMap(([name, each]) => placesOf(each, `${at}/${name}`))];
}

/** A few values that together have as many parts as possible. */
export function fewOf(values: readonly unknown[], most = 6): readonly unknown[] {
  const left = new Map(values.map((value) => [JSON.stringify(value), { value, places: placesOf(value) }]));
  const [few, seen] = [[] as unknown[], new Set<string>()];
  while (few.length < most && left.size > 0) {
    const news = ([, { places }]: [string, { readonly places: readonly string[] }]): number =>
      places.filter((place) => !seen.has(place)).length;
    const [best] = [...left].reduce((one, other) => (news(other) > news(one) ? other : one));
    const { value, places } = left.get(best) ?? { value: undefined, places: [] };
    left.delete(best);
    few.push(value);
    for (const place of places) seen.add(place);
  }
  return few;
}
