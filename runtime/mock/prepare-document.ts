import { hasUnportable, MARKED_REF, toPortableMembers } from './portable-names.ts';

const TIMES = [
  '2026-01-15T08:30:00.000Z',
  '2026-06-30T23:59:59.999Z',
  '2026-01-15T08:30:00Z',
  '2026-06-30T23:59:59Z',
  '2026-01-15 08:30:00',
  '2026-06-30 23:59:59',
];

/** Items of a made-up list at most; two thousand say no more, and take seconds. */
const MOST_ITEMS = 5;

/**
 * A copy of a document for Prism, which resolves references in place. Its generator knows either a format or a pattern: a
 * time that must have both is chosen from a few that do. Lists that it makes up are short, and objects have the members
 * that are declared: what a schema allows beside them is nothing that a page could be built for. Names are such as Prism
 * can carry.
 */
export function prepareDocument(document: object): object {
  const text = JSON.stringify(document);
  const isUnportable = hasUnportable(text);
  return JSON.parse(text, (_, given: unknown) => {
    if (typeof given !== 'object' || given === null || Array.isArray(given)) return given;
    const members = given as Readonly<Record<string, unknown>>;
    const value = withoutFiles(isUnportable ? toPortableMembers(members) : members);
    const { format, pattern, enum: listed, ...rest } = value;
    const { maxItems, minItems = 0 } = rest;
    if (typeof maxItems === 'number' && maxItems > MOST_ITEMS) {
      return { ...value, maxItems: Math.max(MOST_ITEMS, Number(minItems)) };
    }
    if (isOpen(rest)) return { ...value, additionalProperties: false };
    if (typeof pattern !== 'string' || format !== 'date-time' || listed !== undefined) return value;
    const fitting = timesThatFit(pattern);
    return fitting.length > 0 ? { ...rest, enum: fitting } : value;
  }) as object;
}

/** In a bundled document a reference to elsewhere is data of an example; followed, it would read files and ask hosts. */
function withoutFiles(members: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { $ref, ...rest } = members;
  return typeof $ref !== 'string' || $ref.startsWith('#') ? members : { ...rest, [MARKED_REF]: $ref };
}

/** An object with declared members, which may have any others. */
const isOpen = ({ properties, additionalProperties, minProperties }: Readonly<Record<string, unknown>>): boolean =>
  typeof properties === 'object' &&
  minProperties === undefined &&
  (additionalProperties === undefined || additionalProperties === true);

function timesThatFit(pattern: string): readonly string[] {
  try {
    const test = new RegExp(pattern, 'u');
    return TIMES.filter((time) => test.test(time));
  } catch {
    return [];
  }
}
