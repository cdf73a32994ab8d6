import { isObject, ownMember } from '../common/document/pointer.ts';
import { type Found, follow, type RuleContext } from './rule.ts';

/** Whether a body of the schema can have a value at the pointer; `unknown` if the schema does not determine it. */
export type Holds = 'yes' | 'no' | 'unknown';

/** Whether a schema allows a value at a pointer. */
export function schemaHolds(schema: Found, tokens: readonly string[], context: RuleContext, depth = 0): Holds {
  const [token, ...rest] = tokens;
  if (token === undefined) return 'yes';
  if (depth > 64) return 'unknown';
  const beside =
    isObject(schema.node) && typeof schema.node.$ref === 'string'
      ? heldBy(schema, token, rest, context, depth)
      : 'unknown';
  if (beside === 'yes') return 'yes';
  return heldBy(follow(schema.node, schema.location, context), token, rest, context, depth);
}

function heldBy(
  { node, location }: Found,
  token: string,
  rest: readonly string[],
  context: RuleContext,
  depth: number,
): Holds {
  if (!isObject(node)) return 'unknown';
  const branches = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => {
    const list = node[keyword];
    return Array.isArray(list)
      ? list.map((item: unknown, index) => ({ node: item, location: location.child([keyword, index]) }))
      : [];
  });
  const answers = branches.map((branch) => schemaHolds(branch, [token, ...rest], context, depth + 1));
  answers.push(direct({ node, location }, token, rest, context, depth));
  if (answers.includes('yes')) return 'yes';
  const closed = answers.filter((answer) => answer !== 'unknown');
  // A branch that does not mention properties (`{ type: null }`) does not open the others.
  return closed.includes('no') ? 'no' : 'unknown';
}

function direct(
  { node, location }: Found,
  token: string,
  rest: readonly string[],
  context: RuleContext,
  depth: number,
): Holds {
  if (!isObject(node)) return 'unknown';
  const property = ownMember(node.properties, token);
  if (property !== undefined) {
    return schemaHolds({ node: property, location: location.child(['properties', token]) }, rest, context, depth + 1);
  }
  if (/^\d+$/.test(token) && isObject(node.items)) {
    return schemaHolds({ node: node.items, location: location.child(['items']) }, rest, context, depth + 1);
  }
  const open =
    isObject(node.additionalProperties) || node.additionalProperties === true || isObject(node.patternProperties);
  return isObject(node.properties) && !open ? 'no' : 'unknown';
}
