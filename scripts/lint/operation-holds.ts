import { ownMember, pointerTokens } from '../common/document/pointer.ts';
import { contentsOf, type FoundOperation, parametersOf, responsesOf } from './collect-operations.ts';
import { follow, type RuleContext } from './rule.ts';
import { type Holds, schemaHolds } from './schema-pointer.ts';

const PARTS: { readonly [part: string]: string } = {
  path: 'path',
  query: 'query',
  headers: 'header',
  cookies: 'cookie',
};

/** Whether an operation's input can have a value at a pointer such as `/query/limit` or `/body/limit`. */
export function inputHolds(operation: FoundOperation, pointer: string, context: RuleContext): Holds {
  const [part = '', ...rest] = pointerTokens(pointer);
  const { node, location } = operation;
  if (part === 'body') {
    const contents = contentsOf(follow(node.requestBody, location.child(['requestBody']), context), context);
    return contents.length === 0 ? 'no' : anyOf(contents, rest, context);
  }
  const isNamed = parametersOf(operation, context).some(
    (one) => one.in === PARTS[part] && `${one.name}`.toLowerCase() === `${rest[0]}`.toLowerCase(),
  );
  return isNamed ? 'yes' : part === 'path' ? 'unknown' : 'no';
}

/** Whether the body of a successful response can have a value at a pointer. */
export function responseHolds(operation: FoundOperation, pointer: string, context: RuleContext): Holds {
  const contents = responsesOf(operation, context)
    .filter(({ status }) => status.startsWith('2'))
    .flatMap((response) => response.contents);
  return contents.length === 0 ? 'unknown' : anyOf(contents, pointerTokens(pointer), context);
}

function anyOf(contents: ReturnType<typeof contentsOf>, tokens: readonly string[], context: RuleContext): Holds {
  const answers = contents.map(({ node, location }) =>
    schemaHolds({ node: ownMember(node, 'schema'), location: location.child(['schema']) }, tokens, context),
  );
  return answers.find((answer) => answer !== 'no') ?? 'no';
}
