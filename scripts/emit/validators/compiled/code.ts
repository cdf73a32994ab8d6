import { keyLiteral, stringLiteral } from '../../../common/text/literal.ts';

/** The parameter of every compiled function. */
export const VALUE = 'x';

/** Joins conditions by `&&`, in their order. */
export function allOf(conditions: readonly string[]): string {
  const left = conditions.filter((condition) => condition !== 'true');
  if (left.includes('false')) return 'false';
  return left.length === 0 ? 'true' : left.join(' &&\n  ');
}

/** Joins conditions by `||`, so that the result can be an operand of `allOf`. */
export function anyOf(conditions: readonly string[]): string {
  const left = [...new Set(conditions.filter((condition) => condition !== 'false'))];
  if (left.includes('true')) return 'true';
  const [only = 'false', ...others] = left;
  return others.length === 0 ? only : `(${left.join(' || ')})`;
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
