/** A TypeScript type as data, before it is printed in one style or another. */
export type TypeExpression =
  /** A keyword or a value, printed as a literal. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly value: string | number | boolean | null }
  /** The type of a schema that has a name. */
  | { readonly kind: 'named'; readonly name: TypeName }
  | { readonly kind: 'object'; readonly members: readonly Member[]; readonly index: readonly Index[] }
  | { readonly kind: 'list'; readonly of: TypeExpression }
  /** A stream of items. */
  | { readonly kind: 'stream'; readonly of: TypeExpression }
  /** A read-only list. */
  | { readonly kind: 'readonly'; readonly of: TypeExpression }
  | { readonly kind: 'tuple'; readonly items: readonly TupleItem[]; readonly rest: TypeExpression | undefined }
  | { readonly kind: 'union' | 'intersection'; readonly of: readonly TypeExpression[] };

/** `components[map][key]`. */
export type TypeName = { readonly map: 'schemas' | 'requestSchemas' | 'responseSchemas'; readonly key: string };

/** A property of an object type. */
export type Member = {
  readonly name: string;
  readonly type: TypeExpression;
  readonly optional: boolean;
  readonly readonly: boolean;
  /** The schema's title and description, for the comment. */
  readonly about: { readonly [keyword: string]: unknown };
};

/** An index signature for names that begin with `prefix`; without it, for all names. */
export type Index = { readonly prefix: string; readonly type: TypeExpression };
/** An item of a tuple type. */
export type TupleItem = { readonly type: TypeExpression; readonly optional: boolean };

const text = (word: string): TypeExpression => ({ kind: 'text', text: word });
/** The type `unknown`. */
export const UNKNOWN = text('unknown');
/** The type `never`. */
export const NEVER = text('never');
/** The type `null`. */
export const NULL = text('null');
/** A type by its keyword. */
export const keyword = text;

const isUnknown = (type: TypeExpression): boolean => type === UNKNOWN;

/** An object type that has only index signatures. */
export const objectOf = (...index: readonly Index[]): TypeExpression => ({ kind: 'object', members: [], index });

/** The union of these types. */
export function union(types: readonly TypeExpression[]): TypeExpression {
  const flat = different(types.flatMap((type) => (type.kind === 'union' ? type.of : [type])));
  if (flat.some(isUnknown)) return UNKNOWN;
  const possible = flat.filter((type) => type !== NEVER);
  const [first, ...others] = possible;
  if (first === undefined) return NEVER;
  return others.length === 0 ? first : { kind: 'union', of: possible };
}

/** The intersection of these types. */
export function intersection(types: readonly TypeExpression[]): TypeExpression {
  const flat = different(types.flatMap((type) => (type.kind === 'intersection' ? type.of : [type])));
  if (flat.includes(NEVER)) return NEVER;
  const telling = flat.filter((type) => !isUnknown(type));
  const [first, ...others] = telling;
  if (first === undefined) return UNKNOWN;
  return others.length === 0 ? first : { kind: 'intersection', of: telling };
}

/** Removes duplicates of keywords, literals and names. Duplicate objects stay: they do no harm. */
function different(types: readonly TypeExpression[]): readonly TypeExpression[] {
  if (types.length < 2) return types;
  const seen = new Map<string, TypeExpression>();
  return types.filter((type) => {
    const word = wordOf(type);
    if (word === undefined) return true;
    if (seen.has(word)) return false;
    seen.set(word, type);
    return true;
  });
}

function wordOf(type: TypeExpression): string | undefined {
  if (type.kind === 'text') return type.text;
  if (type.kind === 'value') return JSON.stringify(type.value);
  if (type.kind === 'named') return `${type.name.map}/${type.name.key}`;
  return undefined;
}
