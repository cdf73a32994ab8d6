import { FIXED_METHODS } from '../../common/document/path-operations.ts';
import { isObject, ownMember } from '../../common/document/pointer.ts';
import type { Tokens, Tree } from '../../lint/fixes/tree.ts';

/** A name that a document defines. */
export type Named = { readonly name: string; readonly tokens: Tokens; readonly detail: string };

const METHODS = new Set([...FIXED_METHODS, 'operation']);

/** Operations with an operationId, without data that looks like an operation. */
export const operationsOf = (tree: Tree): readonly Named[] =>
  tree.places().flatMap(({ tokens }) => {
    if (tokens.at(-1) !== 'operationId' || !METHODS.has(tokens.at(-2) ?? '')) return [];
    const name = tree.value(tokens);
    const summary = tree.value([...tokens.slice(0, -1), 'summary']);
    return typeof name === 'string' ? [{ name, tokens, detail: typeof summary === 'string' ? summary : '' }] : [];
  });

/** Security schemes. */
export const schemesOf = (tree: Tree): readonly Named[] => {
  const at = ['components', 'securitySchemes'];
  const schemes = tree.value(at);
  return Object.entries(isObject(schemes) ? schemes : {}).map(([name, scheme]) => ({
    name,
    tokens: [...at, name],
    detail: String(ownMember(scheme, 'description') ?? ownMember(scheme, 'type') ?? ''),
  }));
};

/** Codes of the document's envelope, with the names of their errors. */
export const codesOf = (tree: Tree): readonly Named[] => {
  const at = ['x-cs-envelope', 'errors'];
  const errors = tree.value(at);
  return Object.entries(isObject(errors) ? errors : {}).map(([name, error]) => ({
    name,
    tokens: [...at, name],
    detail: [ownMember(error, 'name'), ownMember(error, 'description')]
      .filter((each) => typeof each === 'string')
      .join(': '),
  }));
};

/** Parts of a document that a `$ref` can refer to. */
export const componentsOf = (tree: Tree): readonly Named[] => {
  const components = tree.value(['components']);
  return Object.entries(isObject(components) ? components : {}).flatMap(([section, parts]) =>
    Object.keys(isObject(parts) ? parts : {}).map((name) => ({
      name: `#/components/${section}/${name}`,
      tokens: ['components', section, name],
      detail: section,
    })),
  );
};

/** The object that the value at a path refers to. */
export type Refers = 'operation' | 'scheme' | 'code' | 'error-name' | 'reference' | undefined;

/** The kind of name that the value at a path is: an operation, a scheme, a code or another part. */
export function refersTo(tokens: Tokens): Refers {
  const plain = tokens.filter((token) => !/^\d+$/.test(token) || token.length > 2);
  const last = plain.at(-1) ?? '';
  const within = (word: string): boolean => plain.includes(word);
  if (last === '$ref') return 'reference';
  if (last === 'operation' && (within('x-cs-session') || within('confirm'))) return 'operation';
  if (last === 'operationId' && (within('links') || within('steps'))) return 'operation';
  if (plain.includes('codes') && within('x-cs-envelope')) return 'code';
  if (within('refusals') || (within('expired') && last === 'code') || (within('faults') && within('x-cs-envelope')))
    return 'code';
  if (last === 'name' && within('errors') && within('x-cs-envelope')) return 'error-name';
  return undefined;
}

/** `- bearer: []` below `security`: the key names a scheme. */
export const isRequirement = (tokens: Tokens): boolean =>
  tokens.length >= 3 && tokens.at(-3) === 'security' && /^\d+$/.test(tokens.at(-2) ?? '');
