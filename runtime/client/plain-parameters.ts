import type { OperationDescriptor, ParameterDescriptor } from '../contract/index.ts';
import type { ParameterWriter } from './types.ts';

/** Whether a parameter is sent: neither undefined nor null. */
export const present = (value: unknown): boolean => value !== undefined && value !== null;

/** The text of a value that is part of a parameter. */
export const textOf = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/** The properties of an object that are sent: all that are neither undefined nor null. */
export const membersOf = (value: object): [string, unknown][] =>
  Object.entries(value).filter(([, member]) => present(member));

/** The properties of an exploded object. A list repeats its name, because no other form is common: `sort=a&sort=b`. */
export const listedMembers = (value: object): [string, unknown][] =>
  membersOf(value).flatMap(([name, member]) =>
    Array.isArray(member) ? member.map((item): [string, unknown] => [name, item]) : [[name, member]],
  );

/** The declared header with a name. Header names are case-insensitive. */
export const declaredHeader = ({ parameters }: OperationDescriptor, name: string): ParameterDescriptor | undefined =>
  parameters.find((p) => p.in === 'header' && p.name.toLowerCase() === name.toLowerCase());

const encode = (value: unknown): string => encodeURIComponent(textOf(value));

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Joins a value in the style `simple`. */
const joined = (value: unknown, write: (item: unknown) => string): string =>
  (Array.isArray(value) ? value : isObject(value) ? membersOf(value).flat() : [value]).map(write).join();

/** Writes a value in the style `form` with `explode`: `key=level&key=score`. */
function pairsOf([name, value]: [string, unknown]): string[] {
  const pairs = Array.isArray(value)
    ? value.map((item) => [name, item])
    : isObject(value)
      ? listedMembers(value)
      : [[name, value]];
  return pairs.map((pair) => pair.map(encode).join('='));
}

/** Writes parameters that have the default style of their location. */
export const plain: ParameterWriter = {
  path: (value) => joined(value, encode),
  header: (value, { name }) =>
    joined(value, (item) => {
      const text = textOf(item);
      // Headers have no escape for a comma, so the receiver would read two items.
      if (isObject(value) && text.includes(',')) throw new TypeError(`an item of ${name} contains ",", the delimiter`);
      return text;
    }),
  query: (values) => membersOf(values).flatMap(pairsOf).join('&'),
};
