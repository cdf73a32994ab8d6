/** Marks a name that replaces another. The character is for private use, so that a document gives it no meaning. */
const MARK = '\ue000';

type Members = Readonly<Record<string, unknown>>;

const mark = (unit: string): string => MARK + unit.charCodeAt(0).toString(16).padStart(4, '0');

/**
 * A name that Ajv can handle. It writes names into URIs, which cannot contain half of a surrogate pair, and it
 * assigns properties by name, which sets a prototype instead of a property `__proto__`. Works on a path and on a whole
 * JSON Pointer, too, where `~1` stands for the slash of a name.
 */
export const toPortable = (name: string): string =>
  name.replace(/[\p{Cs}\ue000]/gu, mark).replace(/(?<=^|\/|~1)_(?=_proto__(?:$|\/|~1))/g, mark);

/** The original of a portable name. */
export const fromPortable = (name: string): string =>
  name.replace(/\ue000([0-9a-f]{4})/g, (_, unit: string) => String.fromCharCode(Number.parseInt(unit, 16)));

/** Whether a JSON document may contain such a name. Few do, and the others are not traversed. */
export const hasUnportable = (json: string): boolean => /\\ud[89a-f]|\ue000|__proto__/i.test(json);

/** The properties of one object of a document by portable names, and the function that creates these names. */
export function toPortableMembers(members: Members): Members {
  const { $ref, required } = members;
  return {
    ...renamed(members, toPortable),
    ...(typeof $ref === 'string' && { $ref: toPortable($ref) }),
    ...(Array.isArray(required) && {
      required: required.map((name: unknown) => (typeof name === 'string' ? toPortable(name) : name)),
    }),
  };
}

const renamed = (members: Members, rename: (name: string) => string, each = (member: unknown) => member): Members =>
  Object.fromEntries(Object.entries(members).map(([name, member]) => [rename(name), each(member)]));

const renameAll =
  (rename: (name: string) => string) =>
  (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(renameAll(rename));
    const isPlain = typeof value === 'object' && value !== null && !(value instanceof Blob);
    return isPlain ? renamed(value as Members, rename, renameAll(rename)) : value;
  };

/** Data with portable names. */
export const toPortableValue = renameAll(toPortable);
