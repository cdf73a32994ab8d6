import { didYouMean } from '../../common/text/nearest.ts';
import { asNode, type Node } from '../reader.ts';
import { REQUEST_VALUES, splitTemplate } from './template.ts';

type Tokens = readonly (string | number)[];

/** Reports a problem at a place below `x-cs-signing`. */
export type Tell = (tokens: Tokens, code: string, message: string, help: string, severity?: 'warning') => void;

/** The names that are allowed in one part of a scheme: its requests, or its signed responses. */
type Scope = {
  /** Credentials, values of the request, and `signature`. */
  readonly known: readonly string[];
  readonly credentials: readonly string[];
  readonly packed: readonly string[];
};

const quoted = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

function scopeOf(signing: Node, responses: Node | undefined): Scope {
  const credentials = [signing, responses ?? {}].flatMap(({ credentials: given }) => Object.keys(asNode(given)));
  const values = Object.keys(REQUEST_VALUES).filter((name) => responses || name !== 'status');
  return {
    credentials,
    known: [...credentials, ...values, 'signature'],
    packed: Object.keys(asNode(asNode((responses ?? signing).packed).values)),
  };
}

/** Keywords whose properties are templates. */
const TEMPLATES = ['values', 'header', 'claims'];
/** Keywords whose value is the name of a value in the packed header. */
const PACKED = ['packed', 'components'];

const isPart = (tokens: Tokens): boolean =>
  ['of', 'value'].includes(String(tokens.at(-1))) ||
  [tokens.at(-2), tokens.at(-1)].some((token) => token === 'parts' || token === 'computed');

/** Reports names in templates, credentials and values of the packed header that the scheme does not have. */
export function checkNames(signing: Node, tell: Tell): void {
  const unknown = (tokens: Tokens, name: string, { known }: Scope): void =>
    tell(
      tokens,
      'signing-name',
      `\`${name}\` is not a credential of the scheme or a value of the request.`,
      `${didYouMean(name, known)}Add it to \`credentials\`, or use one of ${quoted(known)}.`,
    );
  const unknownPacked = (tokens: Tokens, name: string, { packed }: Scope): void =>
    tell(
      tokens,
      'signing-name',
      `\`packed\` has no value \`${name}\`.`,
      packed.length > 0
        ? `${didYouMean(name, packed)}Write one of ${quoted(packed)}, or add it to \`packed.values\`.`
        : 'Add `packed` with its `values` to `x-cs-signing`.',
    );
  const visitMember = (word: string, member: unknown, tokens: Tokens, scope: Scope): void => {
    const parent = String(tokens.at(-2));
    const isTemplate = word === 'text' || TEMPLATES.includes(parent);
    const templates = isTemplate ? [member].flat().filter((each) => typeof each === 'string') : [];
    if (templates.length > 0) {
      for (const { name } of templates.flatMap(splitTemplate))
        if (name !== undefined && !scope.known.includes(name)) unknown(tokens, name, scope);
    } else if (word === 'optional' && parent === 'packed' && Array.isArray(member)) {
      for (const [index, name] of member.entries())
        if (!scope.packed.includes(name)) unknownPacked([...tokens, index], name, scope);
    } else if (typeof member !== 'string') visit(member, tokens, scope);
    else if (word === 'credential') {
      if (!scope.credentials.includes(member)) unknown(tokens, member, scope);
    } else if (PACKED.includes(word)) {
      if (!scope.packed.includes(member)) unknownPacked(tokens, member, scope);
    } else visit(member, tokens, scope);
  };
  const visit = (value: unknown, tokens: Tokens, scope: Scope): void => {
    if (value === 'status' && isPart(tokens) && !scope.known.includes(value)) unknown(tokens, value, scope);
    else if (Array.isArray(value)) for (const [index, item] of value.entries()) visit(item, [...tokens, index], scope);
    else
      for (const [word, member] of Object.entries(asNode(value))) visitMember(word, member, [...tokens, word], scope);
  };
  const requests = scopeOf(signing, undefined);
  for (const word of ['message', 'key', 'computed', 'challenge', 'packed', 'jwt'])
    visit(signing[word], [word], requests);
  const responses = asNode(signing.responses);
  visit(signing.responses, ['responses'], scopeOf(signing, responses));
}
