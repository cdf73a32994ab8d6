/** Of a name that stands for another; no document means anything by it (private use). */
const MARK = '\ue000';

type Members = Readonly<Record<string, unknown>>;

const mark = (unit: string): string => MARK + unit.charCodeAt(0).toString(16).padStart(4, '0');

/**
 * A name that Prism and AJV can carry: they write names into URIs, which hold no half of a surrogate pair, and assign
 * members by name, which sets a prototype instead of a member `__proto__`. Works on a JSON Pointer as a whole, too.
 */
export const toPortable = (name: string): string =>
  name.replace(/[\p{Cs}\ue000]/gu, mark).replace(/(?<=^|\/)_(?=_proto__(?:$|\/))/g, mark);

/** Stands for a member `$ref` that is no reference. */
export const MARKED_REF = `${mark('$')}ref`;

/** The name that a portable name stands for. */
export const fromPortable = (name: string): string =>
  name.replace(/\ue000([0-9a-f]{4})/g, (_, unit: string) => String.fromCharCode(Number.parseInt(unit, 16)));

/** Whether a document in JSON may have a name of that kind: few have, and those that have none are not looked through. */
export const hasUnportable = (json: string): boolean => /\\ud[89a-f]|\ue000|__proto__/i.test(json);

/** The members of one object of a document by names that can be carried, and what names them. */
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

/** Data, by names that can be carried. */
export const toPortableValue = renameAll(toPortable);
/** Data that was made by such names, by those of the document. */
export const fromPortableValue = renameAll(fromPortable);
