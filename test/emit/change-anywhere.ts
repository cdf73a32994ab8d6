/** A JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
type Holder = Json[] | { [name: string]: Json };

/** Returns integers from 0 to below a limit (mulberry32). */
export function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Keywords that change how validators of a schema, and of those that lead to it, are written. */
const KEYWORDS: readonly (readonly [string, Json])[] = [
  ['readOnly', true],
  ['writeOnly', true],
  ['default', 'a'],
  ['default', {}],
  ['type', 'string'],
  ['type', ['object', 'null']],
  ['format', 'int64'],
  ['format', 'binary'],
  ['format', 'date-time'],
  ['nullable', true],
  ['minLength', 3],
  ['additionalProperties', false],
  ['unevaluatedProperties', false],
  ['required', ['constructor']],
  ['enum', ['a', 'b', 'c', 'd']],
  ['description', 'Another.'],
];

/** The document with one change: of a value, a keyword, a reference, the name of a component, or their order. */
export function changeAnywhere(document: Json, random: (below: number) => number): Json {
  const copy = structuredClone(document) as { [name: string]: Json };
  const components = (copy.components ?? {}) as { schemas?: { [name: string]: Json } };
  const names = Object.keys(components.schemas ?? {});
  const name = names[random(Math.max(1, names.length))];
  const holders = holdersIn(copy);
  const holder = holders[random(holders.length)] ?? copy;
  switch (random(6)) {
    case 0:
      if (name === undefined) return copy;
      return JSON.parse(JSON.stringify(copy).replaceAll(`"${name}"`, '"Renamed"').replaceAll(`/${name}"`, '/Renamed"'));
    case 1:
      components.schemas = { [`${name ?? 'a'}_`]: { type: 'object', properties: { a: true } }, ...components.schemas };
      return copy;
    case 2:
      components.schemas = Object.fromEntries(Object.entries(components.schemas ?? {}).reverse());
      return copy;
    case 3: {
      const schemas = holders.filter((each) => !Array.isArray(each) && ('type' in each || '$ref' in each));
      const schema = schemas[random(Math.max(1, schemas.length))];
      const [keyword, value] = KEYWORDS[random(KEYWORDS.length)] ?? ['type', 'string'];
      if (schema !== undefined && !Array.isArray(schema)) schema[keyword] = value;
      return copy;
    }
    case 4: {
      const maps = holders.filter((each) => !Array.isArray(each) && Object.values(each).some(isSchema));
      const map = maps[random(Math.max(1, maps.length))];
      const at = Object.keys(map ?? {}).filter((key) => isSchema((map as { [name: string]: Json })[key] ?? null));
      const key = at[random(Math.max(1, at.length))];
      if (map !== undefined && key !== undefined && name !== undefined)
        (map as { [name: string]: Json })[key] = { $ref: `#/components/schemas/${name}` };
      return copy;
    }
    default:
      changeMember(holder, random);
      return copy;
  }
}

const isSchema = (value: Json): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && ('type' in value || '$ref' in value);

function changeMember(holder: Holder, random: (below: number) => number): void {
  const keys = Object.keys(holder);
  const key = keys[random(Math.max(1, keys.length))];
  if (key === undefined) return;
  const members = holder as { [name: string]: Json };
  const value = members[key];
  if (typeof value === 'string') members[key] = `${value}a`;
  else if (typeof value === 'number') members[key] = value + 1;
  else if (typeof value === 'boolean') members[key] = !value;
  else if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete members[key];
}

/** Every array and object in a value. */
function holdersIn(value: Json): readonly Holder[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value as Holder, ...Object.values(value).flatMap((inner: Json) => holdersIn(inner))];
}
