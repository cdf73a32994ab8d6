import { isObject, type JsonObject } from '../../common/document/pointer.ts';
import { follow, type Rule } from '../rule.ts';

const isList = ({ type, items, prefixItems }: JsonObject): boolean =>
  type === 'array' ||
  (Array.isArray(type) && type.includes('array')) ||
  items !== undefined ||
  prefixItems !== undefined;

/**
 * Encodings by position need positions: `itemSchema`, or a `schema` of a list.
 * @see https://spec.openapis.org/oas/v3.2.0.html#encoding-by-position
 */
export const encodingPosition: Rule = () => ({
  MediaType: (media, context) => {
    const field = ['prefixEncoding', 'itemEncoding'].find((name) => Object.hasOwn(media, name));
    if (field === undefined || media.itemSchema !== undefined) return;
    const { node } = follow(media.schema, context.location, context);
    if (isObject(node) && (isList(node) || ['allOf', 'oneOf', 'anyOf'].some((keyword) => keyword in node))) return;
    context.report({
      message: `\`${field}\` requires an array, but the schema is not an array.`,
      help: 'Write `encoding` with the names of the properties, `itemSchema`, or a `schema` with `type: array`.',
      location: context.location.child([field]).key(),
    });
  },
});
