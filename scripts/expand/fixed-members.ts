import { isObject, pointerTokens } from '../common/document/pointer.ts';
import type { SchemaContext } from './without-required.ts';

type Members = { readonly [member: string]: unknown };
type Fixed = { readonly tokens: readonly string[]; readonly value: unknown; readonly media: RegExp };

const FORM = /^application\/x-www-form-urlencoded/i;
const JSON_TYPE = /[/+]json\b/i;

/** The values that `{ body: /type, equals: push }` and `{ form: type, equals: push }` set. */
function fixedMembers(when: readonly unknown[]): readonly Fixed[] {
  return when.flatMap((condition): Fixed[] => {
    if (!isObject(condition) || condition.equals === undefined) return [];
    const { body, form, equals: value } = condition;
    if (typeof form === 'string') return [{ tokens: [form], value, media: FORM }];
    if (typeof body === 'string' && body !== '') return [{ tokens: pointerTokens(body), value, media: JSON_TYPE }];
    return [];
  });
}

/**
 * The body of a variant has the value that identifies the variant. Its type contains the value, and a body without it
 * is invalid.
 */
export function withFixedMembers(operation: Members, when: readonly unknown[], context: SchemaContext): Members {
  const { resolve, derive } = context;
  const fixed = fixedMembers(when);
  if (fixed.length === 0 || operation.requestBody === undefined) return operation;
  const body = resolve(operation.requestBody);
  const content = isObject(body.content) ? body.content : {};
  const changed = Object.entries(content).map(([type, media]) => {
    if (!isObject(media)) return [type, media] as const;
    const own = fixed.filter((each) => each.media.test(type) && !says(media.schema, each, context));
    if (own.length === 0) return [type, media] as const;
    const schema = { allOf: [media.schema ?? true, ...own.map(({ tokens, value }) => nested(tokens, value))] };
    return [
      type,
      derive({ ...media, schema: isObject(media.schema) ? derive(schema, media.schema) : schema }, media),
    ] as const;
  });
  const requestBody = derive({ ...body, required: true, content: derive(Object.fromEntries(changed), content) }, body);
  return derive({ ...operation, requestBody }, operation);
}

function nested([name = '', ...rest]: readonly string[], value: unknown): Members {
  const member = rest.length === 0 ? { const: value } : nested(rest, value);
  return { type: 'object', required: [name], properties: { [name]: member } };
}

/** Whether a schema already requires the value. */
function says(schema: unknown, { tokens, value }: Fixed, { resolve }: SchemaContext): boolean {
  let at = resolve(schema);
  for (const token of tokens) {
    const { required, properties } = at;
    if (!Array.isArray(required) || !required.includes(token) || !isObject(properties)) return false;
    if (!Object.hasOwn(properties, token)) return false;
    at = resolve(properties[token]);
  }
  if (at.const !== undefined) return at.const === value;
  return Array.isArray(at.enum) && at.enum.length === 1 && at.enum[0] === value;
}
