import type { SignatureScheme } from '@countersign/runtime/contract';
import { type Component, readComponents } from '@countersign/runtime/signing';
import type { Tell } from './check-names.ts';

const OF_REQUEST = [
  '@method',
  '@target-uri',
  '@authority',
  '@scheme',
  '@request-target',
  '@path',
  '@query',
  '@query-param',
];

/** The problem of a component that a recipe lists, and how to fix it. */
function problemOf(
  { name, params, identifier }: Component,
  isResponse: boolean,
): readonly [string, string] | undefined {
  const words = params.map(([word]) => word);
  const isOfRequest = words.includes('req');
  const supported = ['req', ...(name === '@query-param' ? ['name'] : [])];
  if (words.some((word) => !supported.includes(word)))
    return [`The component \`${identifier}\` has a parameter that is not supported.`, 'Only `name` and `req` are.'];
  if (name === '@query-param' && !words.includes('name'))
    return [`The component \`${identifier}\` names no parameter.`, 'Write `"@query-param";name="page"`.'];
  if (isOfRequest && (!isResponse || !name.startsWith('@')))
    return [
      `The component \`${identifier}\` cannot be of the request.`,
      'Use `req` in `responses`, for components that begin with `@`.',
    ];
  if (name === '@status')
    return isResponse ? undefined : ['A request has no status.', 'Use `"@status"` in `responses`.'];
  if (!name.startsWith('@')) return undefined;
  if (!OF_REQUEST.includes(name))
    return [
      `The component \`${identifier}\` is unknown.`,
      `Use one of ${OF_REQUEST.map((known) => `\`${known}\``).join(', ')}, or the name of a header in lower case.`,
    ];
  return isResponse && !isOfRequest
    ? [`The component \`${identifier}\` is one of the request.`, `Write \`"${name}";req\`.`]
    : undefined;
}

/** Reports errors in a recipe's lists of components (RFC 9421, section 2). */
export function checkComponents(
  { packed }: Pick<SignatureScheme, 'packed'>,
  word: readonly string[],
  tell: Tell,
): void {
  for (const { name, steps, listsComponents } of packed?.values ?? []) {
    if (!listsComponents) continue;
    const at = [...word, 'packed', 'values', name || '.'];
    const wrong = (message: string, help: string): void => tell(at, 'signing-recipe', message, help);
    const [only] = steps;
    const components = only?.kind === 'text' && steps.length === 1 ? readComponents(only.text) : undefined;
    if (!components) {
      wrong(
        'The value is not a list of components.',
        'Write a list such as `("@method" "@target-uri" "content-digest")`.',
      );
      continue;
    }
    const seen = components.map(({ identifier }) => identifier);
    const twice = seen.find((identifier, index) => seen.indexOf(identifier) !== index);
    if (twice !== undefined) wrong(`The component \`${twice}\` is listed twice.`, 'Remove one of the two.');
    for (const component of components) {
      const problem = problemOf(component, word.includes('responses'));
      if (problem) wrong(...problem);
    }
  }
}
