import { asCode, asCodes } from './as-code.ts';
import { choicesOf } from './discriminator-choices.ts';
import { type Comparison, type Finding, place } from './findings.ts';
import type { NormalSchema, Union } from './normal-form.ts';

/** The discriminator that decides, if each of its values selects a branch. */
function discriminated({ unions }: NormalSchema, normalize: Comparison['old']): Union | undefined {
  const [union, ...others] = unions;
  return others.length === 0 && union !== undefined && choicesOf(union, normalize) !== undefined ? union : undefined;
}

/** Whether each branch requires the value that selects it, so that the discriminator adds nothing. */
function isImplied(union: Union, normalize: Comparison['old']): boolean {
  const property = String(union.discriminator?.propertyName);
  return [...(choicesOf(union, normalize) ?? [])].every(([value, branch]) => {
    const target = normalize([branch]);
    const { values } = normalize(target.properties.get(property) ?? []);
    return target.required.has(property) && values?.every((each) => each === value);
  });
}

/**
 * Compares the `discriminator` of a union: its property, its values and the default. Branches are compared elsewhere.
 */
export function compareDiscriminators(
  before: NormalSchema,
  after: NormalSchema,
  at: string,
  { old, now }: Comparison,
): readonly Finding[] {
  const found: Finding[] = [];
  const [was, is] = [discriminated(before, old), discriminated(after, now)];
  const name = (union: Union): string => asCode(union.discriminator?.propertyName);
  if (was === undefined && is !== undefined && !isImplied(is, now))
    found.push({ effect: 'narrows', text: `${place(at)} is selected by ${name(is)}` });
  if (was !== undefined && is === undefined && !isImplied(was, old))
    found.push({ effect: 'widens', text: `${place(at)} is no longer selected by ${name(was)}` });
  if (was === undefined || is === undefined) return found;
  if (name(was) !== name(is))
    found.push({ effect: 'unclear', text: `${place(at)} is selected by ${name(is)}, no longer by ${name(was)}` });
  const [past, present] = [[...(choicesOf(was, old)?.keys() ?? [])], [...(choicesOf(is, now)?.keys() ?? [])]];
  const lost = past.filter((value) => !present.includes(value));
  const won = present.filter((value) => !past.includes(value));
  if (lost.length > 0) found.push({ effect: 'loses', text: `${place(at)} is no longer selected by ${asCodes(lost)}` });
  if (won.length > 0) found.push({ effect: 'widens', text: `${place(at)} may be selected by ${asCodes(won)}` });
  return found;
}
