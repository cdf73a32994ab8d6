import { isObject, type JsonObject, ownMember } from '../common/document/pointer.ts';
import { type Found, follow, type Location, type RuleContext, type Visitor } from './rule.ts';

/** An operation that lint found. */
export type FoundOperation = {
  readonly id: string | undefined;
  readonly node: JsonObject;
  readonly location: Location;
  /** Parameters of its path item. */
  readonly shared: readonly Found[];
};

/** Gathers every operation: of paths, dispatch variants, webhooks and callbacks. Spread `visitor` into a rule's own. */
export function collectOperations(): { readonly operations: FoundOperation[]; readonly visitor: Visitor } {
  const operations: FoundOperation[] = [];
  // Callbacks are path items inside an operation of another path item.
  const around: (readonly Found[])[] = [];
  return {
    operations,
    visitor: {
      PathItem: {
        enter: (node, { location }) => void around.push(parameterPlaces(node, location)),
        leave: () => void around.pop(),
      },
      Operation: (node, { location }) => {
        const { operationId } = node;
        const id = typeof operationId === 'string' ? operationId : undefined;
        operations.push({ id, node, location, shared: around.at(-1) ?? [] });
      },
    },
  };
}

/** The operationIds of operations that have one. */
export function operationIds(operations: readonly FoundOperation[]): string[] {
  return operations.flatMap(({ id }) => id ?? []);
}

const parameterPlaces = ({ parameters }: JsonObject, location: Location): Found[] =>
  Array.isArray(parameters)
    ? parameters.map((node: unknown, index) => ({ node, location: location.child(['parameters', index]) }))
    : [];

/** The parameters of an operation and of its path item, `$ref`s followed. */
export const parametersOf = ({ node, location, shared }: FoundOperation, context: RuleContext): JsonObject[] =>
  [...shared, ...parameterPlaces(node, location)].flatMap((one) => {
    const found = follow(one.node, one.location, context).node;
    return isObject(found) ? [found] : [];
  });

/** A response that lint found. */
export type FoundResponse = { readonly status: string; readonly contents: readonly Found[] };

/** The responses of an operation with their media types, `$ref`s followed. */
export function responsesOf(
  { node, location }: Pick<FoundOperation, 'node' | 'location'>,
  context: RuleContext,
): FoundResponse[] {
  if (!isObject(node.responses)) return [];
  return Object.keys(node.responses)
    .filter((status) => !status.startsWith('x-'))
    .map((status) => {
      const place = location.child(['responses', status]);
      const response = follow(ownMember(node.responses, status), place, context);
      return { status, contents: contentsOf(response, context) };
    });
}

/** The media types of a response or a request body. */
export function contentsOf({ node, location }: Found, context: RuleContext): Found[] {
  const content = ownMember(node, 'content');
  if (!isObject(content)) return [];
  return Object.entries(content).map(([type, value]) => follow(value, location.child(['content', type]), context));
}

/** Every example value of a media type. */
export function examplesOf({ node, location }: Found, context: RuleContext): unknown[] {
  if (!isObject(node)) return [];
  const named = isObject(node.examples) ? Object.entries(node.examples) : [];
  const values = named.map(([name, example]) =>
    ownMember(follow(example, location.child(['examples', name]), context).node, 'value'),
  );
  return Object.hasOwn(node, 'example') ? [node.example, ...values] : values;
}
