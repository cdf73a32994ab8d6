import { type Extended, extendedSchemas } from '../../model/schema/extended.ts';
import { onceForEach } from '../../model/schema/graph/once.ts';
import { schemaResources } from '../../model/schema/graph/resources.ts';
import { upgradeSchema } from '../../model/schema/types/upgrade.ts';
import type { Api } from '../../model/types.ts';
import { asCode, asCodes } from './as-code.ts';
import { type Comparison, type Finding, place } from './findings.ts';
import type { NormalSchema } from './normal-form.ts';

/** The components of a contract that others extend by `allOf`, each with the values of its discriminator. */
export const extensionsOf = onceForEach((api): readonly Extended[] => extendedSchemas(api, schemaResources(api)));

/** The extended schema of a node; undefined for one of its extensions, which only has its own properties. */
function extendedBy({ parts }: NormalSchema, api: Api): Extended | undefined {
  const has = (schema: Extended['schema']): boolean => parts.some((part) => part === upgradeSchema(schema));
  return extensionsOf(api).find(({ schema, choices }) => has(schema) && ![...choices.values()].some(has));
}

/**
 * Compares a `discriminator` without a list of alternatives. It selects one of the schemas that extend its schema, by
 * the values of its mapping or else by their names. The type of the schema includes their properties.
 */
export function compareExtensions(
  before: NormalSchema,
  after: NormalSchema,
  at: string,
  { apis, compare }: Comparison,
): readonly Finding[] {
  if (before.unions.length + after.unions.length > 0) return [];
  const [was, is] = [extendedBy(before, apis.before), extendedBy(after, apis.after)];
  if (was === undefined && is === undefined) return [];
  const here = place(at);
  if (was === undefined) return [{ effect: 'adds', text: `${here} is selected by ${asCode(is?.property)}` }];
  if (is === undefined)
    return [{ effect: 'removes', text: `${here} is no longer selected by ${asCode(was.property)}` }];
  if (was.property !== is.property) {
    const text = `${here} is selected by ${asCode(is.property)}, no longer by ${asCode(was.property)}`;
    return [{ effect: 'unclear', text }];
  }
  const lost = [...was.choices.keys()].filter((value) => !is.choices.has(value));
  const won = [...is.choices.keys()].filter((value) => !was.choices.has(value));
  const found: Finding[] = [];
  if (lost.length > 0) found.push({ effect: 'loses', text: `${here} is no longer selected by ${asCodes(lost)}` });
  if (won.length > 0) found.push({ effect: 'adds', text: `${here} may be selected by ${asCodes(won)}` });
  for (const [value, target] of was.choices) {
    const chosen = is.choices.get(value);
    if (chosen !== undefined) found.push(...compare([target], [chosen], at));
  }
  return found;
}
