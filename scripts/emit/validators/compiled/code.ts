import { keyLiteral, stringLiteral } from '../../../common/text/literal.ts';

/** The parameter of every compiled function. */
export const VALUE = 'x';

/** All of these conditions, in their order. */
export function allOf(conditions: readonly string[]): string {
  const left = conditions.filter((condition) => condition !== 'true');
  if (left.includes('false')) return 'false';
  return left.length === 0 ? 'true' : left.join(' &&\n  ');
}

/** One of these conditions; safe to stand in `allOf`. */
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

/** A member of an object. */
export function memberOf(at: string, name: string): string {
  return keyLiteral(name) === name ? `${at}.${name}` : `${at}[${stringLiteral(name)}]`;
}
