import { VALUE } from './code.ts';

/** The type of a compiled function's parameter: any value, or one that is known to be an object or an array. */
export type Parameter = 'unknown' | 'Members' | 'readonly unknown[]';

/** The compiled functions of a module. Functions with the same body are written once. */
export type Functions = {
  /** Returns the function for a named schema. Its body is compiled when the name is first used. */
  readonly named: (name: string, body: () => string) => string;
  /** Returns the name of a function with this body. */
  readonly anonymous: (body: string, parameter?: Parameter) => string;
  /** Returns the name of a constant with this value. */
  readonly constant: (expression: string) => string;
  /** Imports a helper of the runtime and returns its name. */
  readonly helper: (name: string) => string;
  readonly texts: () => readonly string[];
  readonly helpers: () => readonly string[];
};

/** Cannot begin the name of a schema's constant, which contains no `$`. */
const PREFIX = '$';

/** Collects the functions and constants of one module. */
export function createFunctions(): Functions {
  const helpers = new Set<string>();
  const named = new Map<string, string>();
  /** By their text, and by the type of a function's parameter: a longer key of both would copy each body. */
  const others = new Map<Parameter | 'constant', Map<string, string>>();
  let count = 0;
  const texts: string[] = [];
  const other = (kind: Parameter | 'constant', key: string, text: (name: string) => string): string => {
    const ofKind = others.get(kind) ?? new Map<string, string>();
    const known = ofKind.get(key);
    if (known !== undefined) return known;
    count += 1;
    const name = `${PREFIX}${count}`;
    others.set(kind, ofKind.set(key, name));
    texts.push(text(name));
    return name;
  };
  /**
   * Bodies still to be compiled. If each were compiled inside another, a long chain of schemas would exhaust the stack.
   */
  const waiting: (() => void)[] = [];
  let isWriting = false;
  const writeAll = (): void => {
    if (isWriting) return;
    isWriting = true;
    for (let write = waiting.shift(); write !== undefined; write = waiting.shift()) write();
    isWriting = false;
  };
  return {
    named(unit, body) {
      const known = named.get(unit);
      if (known !== undefined) return known;
      const name = PREFIX + unit;
      // The name is set before the body is compiled, because the body may call this function.
      named.set(unit, name);
      waiting.push(() => texts.push(functionText(name, 'unknown', body())));
      writeAll();
      return name;
    },
    anonymous: (body, parameter = 'unknown') =>
      other(parameter, body, (name) => {
        if (parameter === 'Members') helpers.add('type Members');
        return functionText(name, parameter, body);
      }),
    constant: (expression) => other('constant', expression, (name) => `const ${name} = ${expression};`),
    helper(name) {
      helpers.add(name);
      return name;
    },
    texts: () => texts,
    helpers: () => [...helpers].sort(),
  };
}

function functionText(name: string, parameter: Parameter, body: string): string {
  return `function ${name}(${VALUE}: ${parameter}): boolean {\n  ${body}\n}`;
}
