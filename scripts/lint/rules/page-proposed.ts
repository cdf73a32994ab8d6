import { isObject, type JsonObject, ownMember, toPointer } from '../../common/document/pointer.ts';
import { collectOperations, type FoundOperation, parametersOf, responsesOf } from '../collect-operations.ts';
import { type Found, follow, type Rule, type RuleContext } from '../rule.ts';

/** Names without case and separators. */
const CURSOR = /^(cursor|(page|next|continuation)token|(start|next|page)cursor|after)$/;
const NEXT_CURSOR = /^(next(cursor|(page)?token|page)?|endcursor|continuationtoken|cursor|after)$/;
const NEXT_URL = /^(@odata)?\.?next(url|link|uri|pageur[il]|page|recordsurl)$/;
const NUMBER = /^page(number|no|index)?$/;
const OFFSET = /^(offset|skip|startat)$/;
const LIMIT = /^((page|per)?(size|limit)|limit|perpage|count|maxresults|top|take)$/;
const TOTAL = /^total(count|results|items|records)?$/;
const MORE = /^has(more|next(page)?)$/;

const plain = (name: string): string => name.toLowerCase().replace(/[-_]/g, '');

/** A property of a response, at most two levels deep. */
type Property = { readonly pointer: string; readonly name: string; readonly schema: JsonObject };

/** Names that show how an operation without `x-cs-page` is paged. */
export const pageProposed: Rule = () => {
  const found = collectOperations();
  return {
    ...found.visitor,
    Root: {
      leave: (_root, context) => {
        for (const operation of found.operations) {
          const page = operation.node['x-cs-page'] === undefined ? propose(operation, context) : undefined;
          if (page === undefined) continue;
          const text = Object.entries(page).map(([name, value]) => `${name}: ${written(value)}`);
          context.report({
            message: `\`${operation.id ?? 'this operation'}\` looks like a list with pages of kind \`${page.kind}\`, but has no \`x-cs-page\`.`,
            help: `Write \`x-cs-page: { ${text.join(', ')} }\` to add \`rows()\` and \`pages()\` to the client. If the operation has no pages, write \`x-cs-page: false\`.`,
            location: operation.location.key(),
          });
        }
      },
    },
  };
};

const written = (value: string | number | object): string =>
  typeof value === 'object'
    ? JSON.stringify(value)
    : /^[\w$/-]*$/.test(`${value}`) && value !== ''
      ? `${value}`
      : JSON.stringify(value);

type Proposal = { readonly kind: string; readonly [field: string]: string };

function propose(operation: FoundOperation, context: RuleContext): Proposal | undefined {
  // Only operations that are safe to retry, because others rarely list.
  if (!/\/(get|query)$/.test(operation.location.pointer)) return undefined;
  const properties = propertiesOf(operation, context);
  const lists = properties.filter(({ schema, pointer }) => isList(schema) && pointer.lastIndexOf('/') <= 0);
  const [list] = lists;
  if (list === undefined || lists.length > 1) return undefined;
  const items = list.pointer;
  const query = parametersOf(operation, context).flatMap((one) =>
    one.in === 'query' && typeof one.name === 'string' ? [one.name] : [],
  );
  const parameter = (names: RegExp): string | undefined => query.find((name) => names.test(plain(name)));
  const property = (names: RegExp, type: string): Property | undefined =>
    properties.find(({ name, schema }) => names.test(plain(name)) && isOf(schema, type));

  if (declaresLink(operation, context)) return { kind: 'link', items };
  const url = property(NEXT_URL, 'string');
  const cursor = parameter(CURSOR);
  const next = property(NEXT_CURSOR, 'string');
  if (cursor !== undefined && next !== undefined && next.schema.format !== 'uri')
    return { kind: 'cursor', items, cursor, next: next.pointer };
  if (url !== undefined) return { kind: 'url', items, next: url.pointer };
  const limit = parameter(LIMIT);
  const rest = {
    ...(limit !== undefined && { limit }),
    ...entry('total', property(TOTAL, 'integer')),
    ...entry('more', property(MORE, 'boolean')),
  };
  const number = parameter(NUMBER);
  if (number !== undefined) return { kind: 'number', items, page: number, ...rest };
  const offset = parameter(OFFSET);
  return offset === undefined ? undefined : { kind: 'offset', items, offset, ...rest };
}

const entry = (field: string, property: Property | undefined): { readonly [field: string]: string } =>
  property === undefined ? {} : { [field]: property.pointer };

const isOf = ({ type }: JsonObject, wanted: string): boolean => [type].flat().includes(wanted);
const isList = (schema: JsonObject): boolean => isOf(schema, 'array');

/** The body itself, its properties, and those of its objects. */
function propertiesOf(operation: FoundOperation, context: RuleContext): readonly Property[] {
  const bodies = responsesOf(operation, context)
    .filter(({ status }) => status.startsWith('2'))
    .flatMap(({ contents }) => contents)
    .map(({ node, location }) => follow(ownMember(node, 'schema'), location.child(['schema']), context));
  const [body] = bodies;
  if (body === undefined || bodies.length > 1 || !isObject(body.node)) return [];
  if (isList(body.node)) return [{ pointer: '', name: '', schema: body.node }];
  return membersOf(body, '', context).flatMap((member) => [
    member.property,
    ...membersOf(member.found, member.property.pointer, context).map(({ property }) => property),
  ]);
}

function membersOf(
  { node, location }: Found,
  pointer: string,
  context: RuleContext,
): readonly { readonly property: Property; readonly found: Found }[] {
  const properties = ownMember(node, 'properties');
  if (!isObject(properties)) return [];
  return Object.entries(properties).flatMap(([name, value]) => {
    const found = follow(value, location.child(['properties', name]), context);
    if (!isObject(found.node)) return [];
    return [{ property: { pointer: pointer + toPointer([name]), name, schema: found.node }, found }];
  });
}

function declaresLink({ node, location }: FoundOperation, context: RuleContext): boolean {
  if (!isObject(node.responses)) return false;
  return Object.entries(node.responses).some(([status, response]) => {
    const found = follow(response, location.child(['responses', status]), context).node;
    const headers = ownMember(found, 'headers');
    return status.startsWith('2') && isObject(headers) && Object.keys(headers).some((name) => plain(name) === 'link');
  });
}
