import { isObject } from '../../common/document/pointer.ts';
import type { Union } from './normal-form.ts';

/** The branch that each value of a discriminator's property stands for. */
export type Choices = ReadonlyMap<string, unknown>;

/** What a union's `discriminator` chooses; undefined without one, or where a branch has no name. */
export function choicesOf({ branches, discriminator }: Union): Choices | undefined {
  if (typeof discriminator?.propertyName !== 'string') return undefined;
  const options = branches.filter((branch) => !(isObject(branch) && branch.type === 'null'));
  const references = new Map(
    options.flatMap((branch): [string, unknown][] =>
      isObject(branch) && typeof branch.$ref === 'string' ? [[branch.$ref, branch]] : [],
    ),
  );
  if (options.length === 0 || references.size !== options.length) return undefined;
  const named = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1);
  const mapping = isObject(discriminator.mapping) ? Object.entries(discriminator.mapping) : [];
  const choices = new Map<string, unknown>();
  for (const [value, target] of mapping) {
    const branch = [...references].find(([reference]) => reference === target || named(reference) === target)?.[1];
    if (branch !== undefined) choices.set(value, branch);
  }
  const mapped = new Set(choices.values());
  for (const [reference, branch] of references) if (!mapped.has(branch)) choices.set(named(reference), branch);
  return choices;
}
