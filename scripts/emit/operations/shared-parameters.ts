import { literal } from '../../common/text/literal.ts';
import { createNames } from '../../common/text/names.ts';
import type { Operation } from '../../model/types.ts';

/** The parameters of a contract as code. */
export type SharedParameters = {
  /** Constants for what several operations have, in the order of their references. */
  readonly constants: readonly { readonly name: string; readonly value: string }[];
  /** The code of each operation's list of parameters, in the order of the operations. */
  readonly lists: readonly string[];
};

/** One text, and how often it is written. */
type Part = { readonly text: string; readonly source: string; uses: number };

/** Parts of the name of a list. More would make the name longer than the list. */
const NAMED = 3;

/**
 * Writes each parameter, and each list of parameters, once if several operations have it. In a large contract most of
 * them repeat: the 1,500 operations of GitHub have 5,400 parameters, of which 300 differ.
 *
 * @param taken names of other constants in the module
 */
export function shareParameters(operations: readonly Operation[], taken: readonly string[]): SharedParameters {
  const names = createNames(taken);
  const constants: { readonly name: string; readonly value: string }[] = [];
  /** Returns the code of each text: itself, or if it repeats, the name of its constant. */
  const share = (parts: readonly (readonly Part[])[]): readonly (readonly string[])[] => {
    const references = new Map<Part, string>();
    const refer = (part: Part): string => {
      if (part.uses === 1) return part.text;
      const known = references.get(part);
      if (known !== undefined) return known;
      const name = names.newIdentifier(part.source);
      constants.push({ name, value: part.text });
      references.set(part, `${name} as typeof ${name}`);
      return `${name} as typeof ${name}`;
    };
    return parts.map((group) => group.map(refer));
  };

  const parameters = countedParts();
  const written = share(
    operations.map(({ descriptor }) => descriptor.parameters.map((one) => parameters(literal(one), one.name))),
  );
  const lists = countedParts();
  const whole = operations.map(({ descriptor }, index) => {
    const text = `[${written[index]?.join(', ')}]`;
    const source = descriptor.parameters.slice(0, NAMED).map(({ name }) => name);
    // A constant would be longer than a list of one name.
    return source.length < 2 ? { text, source: '', uses: 1 } : lists(text, source.join(' '));
  });
  return { lists: share([whole])[0] ?? [], constants };
}

/** Counts equal texts: returns the same part for each. */
function countedParts(): (text: string, source: string) => Part {
  const parts = new Map<string, Part>();
  return (text, source) => {
    const part = parts.get(text) ?? { text, source, uses: 0 };
    part.uses += 1;
    parts.set(text, part);
    return part;
  };
}
