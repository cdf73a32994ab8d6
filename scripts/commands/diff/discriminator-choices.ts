import { isObject, type JsonObject } from '../../common/document/pointer.ts';
import type { NormalSchema, Union } from './normal-form.ts';

/** The branch of each value of a discriminator's property. */
export type Choices = ReadonlyMap<string, unknown>;

type Normalize = (holding: readonly unknown[]) => NormalSchema;

const known = new WeakMap<JsonObject, Choices | false>();

/**
 * The branches that a union's `discriminator` selects. Undefined without one, if a branch has no name, or if the
 * branches contradict it: types and validators then follow only the branches.
 */
export function choicesOf(union: Union, normalize: Normalize): Choices | undefined {
  if (union.discriminator === undefined) return undefined;
  const made = known.get(union.part) ?? readChoices(union, normalize) ?? false;
  known.set(union.part, made);
  return made === false ? undefined : made;
}

function readChoices({ branches, discriminator, part }: Union, normalize: Normalize): Choices | undefined {
  if (typeof discriminator?.propertyName !== 'string' || (part.anyOf && part.oneOf)) return undefined;
  if (discriminator.defaultMapping !== undefined) return undefined;
  const options = branches.filter((branch) => !(isObject(branch) && branch.type === 'null'));
  const references = new Map(
    options.flatMap((branch): [string, unknown][] =>
      isObject(branch) && typeof branch.$ref === 'string' ? [[branch.$ref, branch]] : [],
    ),
  );
  if (options.length < 2 || references.size !== options.length) return undefined;
  const named = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1);
  const mapping = isObject(discriminator.mapping) ? Object.entries(discriminator.mapping) : [];
  const choices = new Map<string, unknown>();
  for (const [value, target] of mapping) {
    const branch = [...references].find(([reference]) => reference === target || named(reference) === target)?.[1];
    if (branch === undefined) return undefined;
    choices.set(value, branch);
  }
  const mapped = new Set(choices.values());
  for (const [reference, branch] of references) {
    if (mapped.has(branch)) continue;
    if (choices.has(named(reference))) return undefined;
    choices.set(named(reference), branch);
  }
  const { propertyName } = discriminator;
  const forbids = ([value, branch]: [string, unknown]): boolean => {
    const { types, values } = normalize(normalize([branch]).properties.get(propertyName) ?? []);
    return types?.has('string') === false || (values !== undefined && !values.includes(value));
  };
  return [...choices].some(forbids) ? undefined : choices;
}
