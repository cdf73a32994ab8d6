import { VALUE } from './code.ts';

/** What a compiled function is given: any value, or one that is known to be an object or an array. */
export type Parameter = 'unknown' | 'Members' | 'readonly unknown[]';

/** The compiled functions of a module. Equal ones are written once. */
export type Functions = {
  /** The function of that name; its body is made when the name is first used. */
  readonly named: (name: string, body: () => string) => string;
  /** A function with this body. */
  readonly anonymous: (body: string, parameter?: Parameter) => string;
  /** A constant with this value. */
  readonly constant: (expression: string) => string;
  /** A helper of the runtime. */
  readonly helper: (name: string) => string;
  readonly texts: () => readonly string[];
  readonly helpers: () => readonly string[];
};

/** No name of a schema begins so: names hold no `$`. */
const PREFIX = '$';

/** Functions and constants of one module. */
export function createFunctions(): Functions {
  const helpers = new Set<string>();
  const named = new Map<string, string>();
  const others = new Map<string, string>();
  const texts: string[] = [];
  const other = (key: string, text: (name: string) => string): string => {
    const known = others.get(key);
    if (known !== undefined) return known;
    const name = `${PREFIX}${others.size + 1}`;
    others.set(key, name);
    texts.push(text(name));
    return name;
  };
  /** Bodies that are still to be written: one inside the other, a long cycle of schemas would exhaust the stack. */
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
      // Before its body, which may lead to itself.
      named.set(unit, name);
      waiting.push(() => texts.push(functionText(name, 'unknown', body())));
      writeAll();
      return name;
    },
    anonymous: (body, parameter = 'unknown') =>
      other(`${parameter} ${body}`, (name) => {
        if (parameter === 'Members') helpers.add('type Members');
        return functionText(name, parameter, body);
      }),
    constant: (expression) => other(expression, (name) => `const ${name} = ${expression};`),
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
