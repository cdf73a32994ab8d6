import { sha256 } from '../../../common/text/sha256.ts';
import { VALUE } from './code.ts';

/** The type of a compiled function's parameter: any value, or one that is known to be an object or an array. */
export type Parameter = 'unknown' | 'Members' | 'readonly unknown[]';

/** What a printed text needs in its module: an import, or a function or a constant that the text calls by its name. */
export type Addition =
  | readonly [kind: 'use', name: Used]
  | readonly [kind: 'helper' | 'named', name: string]
  | readonly [kind: 'constant' | Parameter, name: string, text: string];

/** All helpers of the runtime for zod, and the types of components. */
export type Used = 'v' | 'components';

/** A text, and what it needs. */
export type Recorded = { readonly text: string; readonly additions: readonly Addition[] };

/** The compiled functions of a module and its imports. Functions with the same body are written once. */
export type Functions = {
  /** Returns the function for the schema with a constant of this name. Its body is compiled when it is first used. */
  readonly named: (constant: string) => string;
  /** Returns the name of a function with this body. */
  readonly anonymous: (body: string, parameter?: Parameter) => string;
  /** Returns the name of a constant with this value. */
  readonly constant: (expression: string) => string;
  /** Imports a helper of the runtime and returns its name. */
  readonly helper: (name: string) => string;
  readonly use: (name: Used) => void;
  /** Makes a text, and lists what it adds, whether or not other texts have added it before. */
  readonly recorded: (make: () => string) => Recorded;
  /** Adds what a text of an earlier run needs. */
  readonly add: (additions: readonly Addition[]) => void;
  /** Whether two functions would have the same name, so that texts of earlier runs may call the wrong one. */
  readonly isAmbiguous: () => boolean;
  readonly texts: () => readonly string[];
  readonly helpers: () => readonly string[];
  readonly uses: (name: Used) => boolean;
};

/** Cannot begin the name of a schema's constant, which contains no `$`. */
const PREFIX = '$';
/** Characters of a hash: 36 bits, and a digit. */
const HASH = 6;
const LENGTH = PREFIX.length + 1 + HASH;

/**
 * A name by content: a change of one schema does not rename the functions of others. The digit distinguishes it from
 * the function of a named schema.
 */
function contentName(kind: string, text: string): string {
  const digest = sha256(`${kind}\0${text}`, 'base64').replaceAll('+', '_').replaceAll('/', '$');
  return `${PREFIX}${digest.charCodeAt(HASH) % 10}${digest.slice(0, HASH)}`;
}

/**
 * Collects the functions, constants and imports of one module.
 *
 * @param bodyOf compiles the function for the schema with a constant of this name
 */
export function createFunctions(bodyOf: (constant: string) => string): Functions {
  const helpers = new Set<string>();
  const used = new Set<Used>();
  const named = new Set<string>();
  /** By their text, and by the type of a function's parameter: a longer key of both would copy each body. */
  const others = new Map<Parameter | 'constant', Map<string, string>>();
  const taken = new Set<string>();
  let isAmbiguous = false;
  const texts: string[] = [];
  /** What the text that is being made adds, by its name. */
  let additions: Map<string, Addition> | undefined;

  const free = (name: string): string => {
    if (!taken.has(name)) return name;
    isAmbiguous = true;
    return free(`${name}_`);
  };
  const other = (kind: Parameter | 'constant', text: string, known?: string): string => {
    const ofKind = others.get(kind) ?? new Map<string, string>();
    let name = ofKind.get(text);
    if (name === undefined) {
      name = free(known ?? contentName(kind, text));
      taken.add(name);
      others.set(kind, ofKind.set(text, name));
      if (kind === 'Members') helpers.add('type Members');
      texts.push(kind === 'constant' ? `const ${name} = ${text};` : functionText(name, kind, text));
    }
    isAmbiguous ||= known !== undefined && (name !== known || known.length > LENGTH);
    additions?.set(name, [kind, name, text]);
    return name;
  };
  /**
   * Bodies still to be compiled. If each were compiled inside another, a long chain of schemas would exhaust the stack.
   */
  const waiting: string[] = [];
  let isWriting = false;
  const writeAll = (): void => {
    if (isWriting) return;
    isWriting = true;
    const outer = additions;
    additions = undefined;
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      texts.push(functionText(PREFIX + next, 'unknown', bodyOf(next)));
    additions = outer;
    isWriting = false;
  };
  const functions: Functions = {
    named(constant) {
      const name = PREFIX + constant;
      additions?.set(name, ['named', constant]);
      if (named.has(constant)) return name;
      // The name is known before the body is compiled, because the body may call this function.
      named.add(constant);
      waiting.push(constant);
      writeAll();
      return name;
    },
    anonymous: (body, parameter = 'unknown') => other(parameter, body),
    constant: (expression) => other('constant', expression),
    helper(name) {
      additions?.set(name, ['helper', name]);
      helpers.add(name);
      return name;
    },
    use(name) {
      additions?.set(name, ['use', name]);
      used.add(name);
    },
    recorded(make) {
      const outer = additions;
      const own = new Map<string, Addition>();
      additions = own;
      const text = make();
      additions = outer;
      return { text, additions: [...own.values()] };
    },
    add(each) {
      for (const [kind, name, text = ''] of each) {
        if (kind === 'use') functions.use(name as Used);
        else if (kind === 'helper') functions.helper(name);
        else if (kind === 'named') functions.named(name);
        else other(kind, text, name);
      }
    },
    isAmbiguous: () => isAmbiguous,
    texts: () => texts,
    helpers: () => [...helpers].sort(),
    uses: (name) => used.has(name),
  };
  return functions;
}

function functionText(name: string, parameter: Parameter, body: string): string {
  return `function ${name}(${VALUE}: ${parameter}): boolean {\n  ${body}\n}`;
}
