import { Tree } from '../../lint/fixes/tree.ts';
import { codesOf, componentsOf, isRequirement, operationsOf, refersTo, schemesOf } from './names.ts';
import { fieldsAt, valuesAt } from './schema-at.ts';

/** One proposal at the cursor. */
export type Proposal = {
  readonly label: string;
  readonly detail: string;
  readonly isKey: boolean;
  readonly filter?: string;
};

/** Inserted at the cursor while the text is parsed: incomplete input is not valid YAML. */
const MARK = 'csCursor';
/** Names that errors of HTTP statuses usually have. */
const ERROR_NAMES =
  'BadRequest Unauthorized PaymentRequired Forbidden NotFound MethodNotAllowed Conflict Gone TooManyRequests Internal Unavailable'.split(
    ' ',
  );

/** The proposals at an offset of a spec. */
export function proposalsAt(text: string, offset: number): readonly Proposal[] {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(lineStart, offset);
  const end = text.indexOf('\n', offset);
  const after = text.slice(offset, end < 0 ? text.length : end);
  // A single word on its line is a key without a colon.
  const key = /^\s*(- +)*[^\s:'"{[]*$/.test(before) && !after.includes(':');
  const typed = /[^\s:,{[\]}'"]*$/.exec(before)?.[0] ?? '';
  const from = offset - typed.length;
  const whole = (mark: string): Tree => new Tree(text.slice(0, from) + mark + text.slice(offset));
  const trees = key ? [whole(`${MARK}: `), whole(MARK)] : [whole(MARK)];
  return trees
    .flatMap((tree) => proposalsIn(tree))
    .filter((each, index, all) => all.findIndex(({ label }) => label === each.label) === index);
}

function proposalsIn(tree: Tree): readonly Proposal[] {
  const place = tree
    .places()
    .findLast(({ tokens, node }) => tokens.at(-1) === MARK || node?.toString().trim() === MARK);
  if (!place) return [];
  const { tokens } = place;
  if (tokens.at(-1) !== MARK) return valuesOf(tree, tokens);
  const parent = tokens.slice(0, -1);
  if (isRequirement(tokens)) return schemesOf(tree).map(({ name, detail }) => ({ label: name, detail, isKey: true }));
  const present = new Set(
    tree
      .places()
      .filter(({ tokens: each }) => each.length === tokens.length && parent.every((t, i) => t === each[i]))
      .map(({ tokens: each }) => each.at(-1)),
  );
  return [...fieldsAt(parent)].flatMap(([label, detail]) =>
    present.has(label) ? [] : [{ label, detail, isKey: true }],
  );
}

function valuesOf(tree: Tree, tokens: readonly string[]): readonly Proposal[] {
  const named = (list: readonly { readonly name: string; readonly detail: string }[]): readonly Proposal[] =>
    list.map(({ name, detail }) => ({ label: name, detail, isKey: false, filter: `${name} ${detail}` }));
  switch (refersTo(tokens)) {
    case 'operation':
      return named(operationsOf(tree));
    case 'code':
      return named(codesOf(tree));
    case 'reference':
      return named(componentsOf(tree));
    case 'error-name': {
      const used = new Set(codesOf(tree).map(({ detail }) => detail.split(':')[0]));
      return ERROR_NAMES.filter((name) => !used.has(name)).map((label) => ({
        label,
        detail: 'error name',
        isKey: false,
      }));
    }
    default:
      return valuesAt(tokens).map((label) => ({ label, detail: '', isKey: false }));
  }
}
