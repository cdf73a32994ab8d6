import { isObject } from '../../common/document/pointer.ts';
import { type Fixer, namesIn, removeHere } from './fixer.ts';

/** Replaces the key or the value at the place by the name that the help suggests. */
export const guessed: Fixer = ({ diagnostic, tree, tokens, offset }) => {
  const guess = /(?:Did you mean|Is) `([^`]+)`/.exec(diagnostic.help)?.[1];
  if (guess === undefined) return undefined;
  const title = `Change to \`${guess}\``;
  const named = namesIn(diagnostic.message);
  const key = tree.range(tokens, 'key');
  const value = tree.value(tokens);
  if (key?.[0] === offset && named.includes(tokens.at(-1) ?? '') && !named.includes(String(value)))
    return { title, edits: [tree.rename(tokens, guess)] };
  if (typeof value !== 'string') return undefined;
  // A suggestion may be only the last part of a reference.
  const whole = value.includes('/') && !guess.includes('/') ? value.replace(/[^/]*$/, guess) : guess;
  return { title, edits: [tree.replace(tokens, whole)] };
};

const needsField: Fixer = ({ diagnostic, tree, tokens }) => {
  const name = /lacks the field `([^`]+)`/.exec(diagnostic.message)?.[1];
  const values: { readonly [name: string]: unknown } = {
    algorithm: 'hmac-sha256',
    in: 'header',
    name: 'x-signature',
    token: '/token',
  };
  if (name === undefined || !Object.hasOwn(values, name)) return undefined;
  return { title: `Add \`${name}\``, edits: [tree.add(tokens, name, values[name])] };
};

const unknownField: Fixer = ({ diagnostic, tree, tokens }) =>
  /has no field/.test(diagnostic.message)
    ? { title: `Remove \`${tokens.at(-1)}\``, edits: [tree.remove(tokens)] }
    : undefined;

/**
 * Fixes for a parameter that a variant sets and its operation declares again, or that a variant needs and the operation
 * makes optional.
 */
const dispatchParameter: Fixer = ({ diagnostic, tree, tokens }) => {
  const name = namesIn(diagnostic.message)[0];
  for (let end = tokens.length; end >= 0; end--) {
    const at = tokens.slice(0, end);
    const parameters = tree.value([...at, 'parameters']);
    const list = Array.isArray(parameters) ? parameters : isObject(tree.value(at)) ? undefined : tree.value(at);
    if (!Array.isArray(list)) continue;
    const path = Array.isArray(parameters) ? [...at, 'parameters'] : at;
    const index = list.findIndex((each: unknown) => isObject(each) && each.name === name);
    if (index < 0) continue;
    const parameter = [...path, String(index)];
    if (/again/.test(diagnostic.message))
      return { title: `Remove the parameter \`${name}\``, edits: [tree.remove(parameter)] };
    const required = [...parameter, 'required'];
    const edit = tree.find(required) ? tree.replace(required, true) : tree.add(parameter, 'required', true);
    return { title: `Require \`${name}\``, edits: [edit] };
  }
  return undefined;
};

const success: Fixer = ({ tree, tokens }) => {
  const at = tokens.slice(0, tokens.indexOf('x-cs-envelope') + 1);
  return at.length === 0 ? undefined : { title: 'Add `success: [0]`', edits: [tree.add(at, 'success', [0])] };
};

/** Gives an error class a unique name, made from its code. */
const errorName: Fixer = ({ tree, tokens }) => {
  const at = tokens.at(-1) === 'name' ? tokens : [...tokens, 'name'];
  const [name, code] = [tree.value(at), at.at(-2)];
  if (typeof name !== 'string' || code === undefined) return undefined;
  const made = `${name.replace(/Error$/, '')}${code.replace(/[^A-Za-z0-9]/g, '')}`;
  return { title: `Rename to \`${made}\``, edits: [tree.replace(at, made)] };
};

/** Inserts the line that the help of a rule proposes. */
const proposed: Fixer = ({ diagnostic, tree, tokens }) => {
  const found = /`x-cs-page: (\{.*\})`/.exec(diagnostic.help)?.[1];
  const value = found === undefined ? false : undefined;
  for (let end = tokens.length; end > 0; end--) {
    const at = tokens.slice(0, end);
    const operation = tree.value(at);
    if (isObject(operation) && 'responses' in operation)
      return value === false
        ? { title: 'Say that it has no pages', edits: [tree.add(at, 'x-cs-page', false)] }
        : undefined;
  }
  return undefined;
};

/** Fixes for errors of the `x-cs-*` extensions. */
export const extensionFixers: { readonly [code: string]: Fixer } = {
  'dispatch-condition': removeHere('Remove the condition'),
  'dispatch-parameter': dispatchParameter,
  'envelope-success': success,
  'error-name': errorName,
  'page-proposed': proposed,
  'x-cs-place': removeHere('Remove the extension'),
  'x-cs-schema': (spot) => needsField(spot) ?? unknownField(spot),
  'x-cs-unknown': removeHere('Remove the extension'),
};
