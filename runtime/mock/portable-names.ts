/** Marks a replaced name. It is a private use character, which has no meaning in a document. */
const MARK = '\ue000';

type Members = Readonly<Record<string, unknown>>;

const mark = (unit: string): string => MARK + unit.charCodeAt(0).toString(16).padStart(4, '0');

/**
 * Converts a name to one that Ajv can handle. Ajv writes names into URIs, which cannot contain half of a surrogate
 * pair. It also assigns properties by name, which would set the prototype instead of a property `__proto__`. A path or
 * a whole JSON Pointer can be converted, too: `~1` stands for a slash in a name.
 */
export const toPortable = (name: string): string =>
  name.replace(/[\p{Cs}\ue000]/gu, mark).replace(/(?<=^|\/|~1)_(?=_proto__(?:$|\/|~1))/g, mark);

/** Converts a portable name to the original name. */
export const fromPortable = (name: string): string =>
  name.replace(/\ue000([0-9a-f]{4})/g, (_, unit: string) => String.fromCharCode(Number.parseInt(unit, 16)));

/**
 * Whether a JSON document may contain a name that is not portable. Few documents do, and the others are not traversed.
 */
export const hasUnportable = (json: string): boolean => /\\ud[89a-f]|\ue000|__proto__/i.test(json);

/** Returns the properties of one object of a document with portable names. */
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

/** Converts data to portable names. */
export const toPortableValue = renameAll(toPortable);
