import { keyLiteral, stringLiteral } from '../../../common/text/literal.ts';

/** The parameter of every compiled function. */
export const VALUE = 'x';

/** Joins conditions by `&&`, in their order. */
export function allOf(conditions: readonly string[]): string {
  let all = '';
  for (const condition of conditions) {
    if (condition === 'false') return 'false';
    if (condition !== 'true') all += all === '' ? condition : ` &&\n  ${condition}`;
  }
  return all === '' ? 'true' : all;
}

/** Joins conditions by `||`, so that the result can be an operand of `allOf`. */
export function anyOf(conditions: readonly string[]): string {
  const [one = 'false', other, ...more] = conditions;
  if (more.length === 0) return eitherOf(one, other ?? 'false');
  const left = new Set(conditions);
  left.delete('false');
  if (left.has('true')) return 'true';
  return left.size > 1 ? `(${[...left].join(' || ')})` : ([...left][0] ?? 'false');
}

/** Most conditions are for an optional property: two, one of which tests for undefined. */
function eitherOf(one: string, other: string): string {
  if (one === 'true' || other === 'true') return 'true';
  if (one === 'false' || one === other) return other;
  return other === 'false' ? one : `(${one} || ${other})`;
}

/** The opposite of a condition. */
export function not(condition: string): string {
  if (condition === 'true') return 'false';
  return condition === 'false' ? 'true' : `!(${condition})`;
}

/** The code that reads a property. */
export function memberOf(at: string, name: string): string {
  return keyLiteral(name) === name ? `${at}.${name}` : `${at}[${stringLiteral(name)}]`;
}
