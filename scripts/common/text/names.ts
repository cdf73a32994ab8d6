/**
 * The only place where a string of a spec becomes a name: an identifier, a type name, a file name, an environment
 * variable.
 */

/** Words that no module can declare. */
const KEYWORDS =
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function globalThis if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof undefined var void while with yield'.split(
    ' ',
  );
/** Also excluded: names with another meaning in code, and names that every object has. */
const RESERVED_WORDS = [
  ...KEYWORDS,
  ...'abstract any as async boolean constructor declare from infer is keyof module namespace never number object of prototype readonly require satisfies string symbol then type union unique unknown using NaN Infinity hasOwnProperty isPrototypeOf propertyIsEnumerable toString toLocaleString toJSON valueOf'.split(
    ' ',
  ),
];
/** Globals that generated code may use. A name must not hide them in any case. */
const GLOBALS = new Set(['boolean', 'function', 'number', 'object', 'string', 'symbol']);
const DEVICE_NAME = /^(con|prn|aux|nul|com\d|lpt\d)$/i;
const LONGEST = 80;

/**
 * Separators of words: all characters except letters and digits of an old Unicode version, which the identifier tables
 * of every compiler contain. A newer letter would be an identifier in one engine and a syntax error in another.
 */
const NOT_IN_NAMES =
  /[^[\p{L}\p{Nd}]&&[A-Za-z0-9\u00c0-\u024f\u0370-\u052f\u05d0-\u05ea\u0620-\u064a\u0904-\u0939\u0e01-\u0e30\u0e40-\u0e46\u1e00-\u1fff\u3041-\u30fa\u3400-\u4dbf\u4e00-\u9fef\uac00-\ud7a3]]+/v;

/** `get player-info` → ['get', 'player', 'info']; `getPlayerURL2` → ['get', 'Player', 'URL2']. */
function words(text: string): string[] {
  return text
    .normalize('NFKC')
    .replace(/([\p{Ll}\p{Nd}])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(NOT_IN_NAMES)
    .filter((word) => word !== '');
}

/**
 * Changes the case, unless the result is a letter outside of these old tables: the capital of `ƛ` was added in Unicode
 * 16.
 */
function cased(letter: string, change: (letter: string) => string): string {
  const other = change(letter);
  return other.length === letter.length && other.search(NOT_IN_NAMES) === -1 ? other : letter;
}

const lower = (letter: string): string => cased(letter, (given) => given.toLowerCase());

const capital = (word: string): string => {
  const [first = '', ...rest] = word;
  return cased(first, (given) => given.toUpperCase()) + rest.join('');
};

/** Whether a module can declare a value of this name. */
export function isIdentifier(name: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) && !KEYWORDS.includes(name);
}

function startSafely(name: string): string {
  const cut = [...name].slice(0, LONGEST).join('');
  if (cut === '') return '_';
  return /^\p{ID_Start}/u.test(cut) ? cut : `_${cut}`;
}

/** `create-session` → `createSession`. Safe as an identifier, not yet unique. */
export function camelCase(text: string): string {
  const [first = '', ...rest] = words(text);
  const head = /^\p{Lu}+$/u.test(first) ? [...first].map(lower).join('') : lower(first.charAt(0)) + first.slice(1);
  return startSafely(head + rest.map(capital).join(''));
}

/** `game-list` → `GameList`. Safe as an identifier, not yet unique. */
export function pascalCase(text: string): string {
  return startSafely(words(text).map(capital).join(''));
}

/** Whether no operation or type can have this name: it is reserved in a language, or every object has it. */
export function isReservedName(name: string): boolean {
  return RESERVED_WORDS.includes(name) || GLOBALS.has(name.toLowerCase());
}

/** The class of an error that the envelope names: `TokenExpired` → `TokenExpiredError`. */
export function errorClass(name: string): string {
  return name.endsWith('Error') ? name : `${name}Error`;
}

/** `dicey-fun`, `apiKey` → `DICEYFUN_API_KEY`. */
export function environmentName(provider: string, name: string): string {
  const prefix = provider.replace(/[^A-Za-z0-9]/g, '').toUpperCase();
  const rest = words(name)
    .map((word) => word.replace(/[^A-Za-z0-9]/g, '').toUpperCase())
    .filter((word) => word !== '')
    .join('_');
  return `${prefix}_${rest || 'VALUE'}`;
}

/** Whether a folder below specs/ may name a provider: it becomes a folder, a package name and part of identifiers. */
export function isProviderName(name: string): boolean {
  return /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) && name.length <= 64 && !DEVICE_NAME.test(name);
}

/** The names of one scope. */
export type Names = {
  /** camelCase for this source string. Unique in this scope, and the same for each call. */
  readonly identifier: (source: string) => string;
  /** PascalCase for this source string. Unique in this scope, and the same for each call. */
  readonly typeName: (source: string) => string;
  /** camelCase, a different name for each call. */
  readonly newIdentifier: (source: string) => string;
  /**
   * PascalCase, a different name for each call. The name and all names derived from it are free in this scope.
   * @param family every name that is derived from a name
   */
  readonly newTypeName: (source: string, family: (name: string) => readonly string[]) => string;
  /** Reserves a name; true if it was free. */
  readonly reserve: (name: string) => boolean;
};

/**
 * One scope of a generated file. Names that collide after casing get `2`, `3`, … in the order of the calls. Two names
 * that differ only in case collide too, because some file systems and readers do not distinguish them.
 */
export function createNames(reserved: Iterable<string> = []): Names {
  const taken = new Set<string>();
  const given = new Map<string, string>();
  for (const word of reserved) taken.add(word.toLowerCase());

  // A reserved word is another name in another case: a schema can be called `Package` or `Return`.
  const isTaken = (name: string): boolean => isReservedName(name) || taken.has(name.toLowerCase());
  const unique = (name: string, family: (name: string) => readonly string[] = (alone) => [alone]): string => {
    let candidate = name;
    for (let count = 2; family(candidate).some(isTaken); count += 1) candidate = `${name}${count}`;
    for (const each of family(candidate)) taken.add(each.toLowerCase());
    return candidate;
  };
  const remember = (kind: string, source: string, make: (source: string) => string): string => {
    const key = `${kind}:${source}`;
    const known = given.get(key);
    if (known !== undefined) return known;
    const name = unique(make(source));
    given.set(key, name);
    return name;
  };

  return {
    identifier: (source) => remember('identifier', source, camelCase),
    typeName: (source) => remember('type', source, pascalCase),
    newIdentifier: (source) => unique(camelCase(source)),
    newTypeName: (source, family) => unique(pascalCase(source), family),
    reserve: (name) => {
      if (isTaken(name)) return false;
      taken.add(name.toLowerCase());
      return true;
    },
  };
}
