import { mentions, type Step } from './step.ts';
import { transform } from './transform.ts';

/** Code of the diagnostic for a list in `items`. */
const LISTED_ITEMS = 'schema-listed-items';

/**
 * Reads a list in `items` as JSON Schema until draft 2019-09 defines it: as `prefixItems`, and `additionalItems` as the schema of the
 * other items. An empty list limits nothing. PHP also writes it for an empty object.
 * @see https://json-schema.org/draft/2020-12/release-notes#changes-to-items-and-additionalitems
 */
export const tuples: Step = (document, { derivations, spec, warn }) => {
  if (!mentions(spec, /\bitems["']?\s*:\s*(#[^\n]*\s*)?(\[|-\s)/)) return document;
  return transform(
    document,
    ['Schema'],
    (schema, pointer) => {
      const { items, additionalItems, ...rest } = schema;
      if (!Array.isArray(items) || 'prefixItems' in schema) return schema;
      const meant =
        items.length === 0
          ? 'An empty list in `items` limits nothing.'
          : 'The list in `items` is read as `prefixItems`.';
      const help =
        items.length === 0
          ? 'Remove `items`, or write the schema of all items.'
          : 'Rename `items` to `prefixItems`, and `additionalItems` to `items`.';
      warn(`${pointer()}/items`, LISTED_ITEMS, `${meant} Since OpenAPI 3.1, \`items\` is one schema.`, help);
      return {
        ...rest,
        ...(items.length > 0 && { prefixItems: items }),
        ...(additionalItems !== undefined && { items: additionalItems }),
      };
    },
    derivations,
  );
};
