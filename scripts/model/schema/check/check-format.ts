import { editDistance } from '../../../common/text/nearest.ts';
import type { SchemaObject } from '../keywords.ts';
import { KNOWN_FORMATS } from '../shape/formats.ts';
import type { Problem } from './problem.ts';

const NONE: readonly Problem[] = [];

/** Formats with an effect, by their names in small letters without separators. */
const MEANT: ReadonlyMap<string, string> = new Map(
  [...KNOWN_FORMATS.keys(), 'binary', 'password']
    .filter((name) => /^[a-z\d-]+$/.test(name))
    .map((name) => [plain(name), name]),
);

/**
 * A format that is probably a misspelled one: values are then not checked. Names of formats are free, so that only
 * letters that were swapped, doubled, omitted or mistyped count, and only behind the first letter.
 */
export function formatProblems({ format }: SchemaObject): readonly Problem[] {
  if (typeof format !== 'string' || KNOWN_FORMATS.has(format)) return NONE;
  const meant = meantFormat(format);
  if (meant === undefined || meant === format) return NONE;
  return [
    {
      severity: 'warning',
      code: 'schema-misspelled-format',
      message: `The format ${JSON.stringify(format)} is unknown, so it has no effect.`,
      help: `Did you mean \`${meant}\`? A format of your own may have any name that is less similar.`,
      tokens: ['format'],
    },
  ];
}

/** The known format that was meant; undefined for any other name, such as `guid`, `url`, `uint32` or `dates`. */
function meantFormat(format: string): string | undefined {
  if (format.length > 40) return undefined;
  const given = plain(format);
  return MEANT.get(given) ?? [...MEANT].find(([name]) => isMisspelled(given, name))?.[1];
}

function isMisspelled(given: string, name: string): boolean {
  const longer = given.length - name.length;
  if (given.length < 4 || name.length < 4 || given[0] !== name[0] || digits(given) !== digits(name)) return false;
  if (editDistance(given, name, 1) !== 1) return false;
  // `rate`, `mime` and `ulid` are words of their own, and `dates` is a plural.
  if (longer === 1) return name.length > 4 ? !given.endsWith('s') || name.endsWith('s') : isDoubled(given, name);
  return name.length > 4 || sorted(given) === sorted(name);
}

/** Whether the additional letter repeats its neighbor. */
const isDoubled = (given: string, name: string): boolean =>
  [...given].some((letter, at) => letter === given[at + 1] && given.slice(0, at) + given.slice(at + 1) === name);

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[-_. ]/g, '');
}

const sorted = (text: string): string => [...text].sort().join('');
/** Other digits mean another size or version, as in `int16` and `uuid4`. */
const digits = (text: string): string => sorted(text.replaceAll(/\D/g, ''));
