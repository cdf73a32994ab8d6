import { decoded, plainPath, setOwn } from '../contract/index.ts';

/**
 * Finds the value of a path template. Literal segments take precedence over templated ones, as OpenAPI 3.1 (Paths
 * Object) requires.
 */
export type Router<T> = {
  /**
   * Finds the template that matches a path.
   * @param path the path as sent, without the query
   */
  find(path: string): Match<T> | undefined;
};

/** A matched template. `values` are still percent-encoded. */
export type Match<T> = { readonly value: T; readonly values: Readonly<Record<string, string>> };

type Pattern = { readonly test: RegExp; readonly names: readonly string[] };

type Node<T> = {
  readonly literals: Map<string, Node<T>>;
  readonly patterns: { readonly pattern: Pattern; readonly source: string; readonly node: Node<T> }[];
  value?: T;
};

const NONE: Readonly<Record<string, string>> = {};

/** Creates a router for path templates. */
export function createRouter<T>(templates: Iterable<readonly [template: string, value: T]>): Router<T> {
  const fixed = new Map<string, Match<T>>();
  const root: Node<T> = newNode();
  for (const [template, value] of templates) {
    if (template.includes('{')) insert(root, template.split('/'), value);
    else fixed.set(plainPath(template), { value, values: NONE });
  }
  const templated = root.literals.size > 0 || root.patterns.length > 0;
  return {
    find(path) {
      const found = fixed.get(plainPath(path));
      if (found || !templated) return found;
      const values: Record<string, string> = {};
      const value = descend(root, path.split('/'), 0, values);
      return value === undefined ? undefined : { value, values };
    },
  };
}

function insert<T>(root: Node<T>, segments: readonly string[], value: T): void {
  let node = root;
  for (const segment of segments) {
    if (segment.includes('{')) {
      const pattern = compile(segment);
      let child = node.patterns.find(({ source }) => source === segment);
      if (!child) {
        child = { pattern, source: segment, node: newNode() };
        node.patterns.push(child);
        // `{id}.json` is tried before `{id}`: templates with more literal text come first.
        node.patterns.sort((a, b) => spelledOut(b.source) - spelledOut(a.source));
      }
      node = child.node;
    } else {
      const name = decoded(segment);
      let child = node.literals.get(name);
      if (!child) {
        child = newNode();
        node.literals.set(name, child);
      }
      node = child;
    }
  }
  node.value = value;
}

function descend<T>(
  node: Node<T>,
  segments: readonly string[],
  at: number,
  values: Record<string, string>,
): T | undefined {
  const segment = segments[at];
  if (segment === undefined) return node.value;
  const literal = node.literals.get(segment.includes('%') ? decoded(segment) : segment);
  const found = literal && descend(literal, segments, at + 1, values);
  if (found !== undefined) return found;
  for (const { pattern, node: child } of node.patterns) {
    const match = pattern.test.exec(segment);
    const below = match && descend(child, segments, at + 1, values);
    if (!match || below === undefined || below === null) continue;
    pattern.names.forEach((name, i) => {
      setOwn(values, name, match[i + 1] ?? '');
    });
    return below;
  }
  return undefined;
}

function compile(segment: string): Pattern {
  const names: string[] = [];
  const parts = segment.split(/\{([^{}]*)\}/).map((part, i) => {
    if (i % 2 === 0) return Array.from(decoded(part), anySpelling).join('');
    names.push(part);
    return '(.+?)';
  });
  return { test: new RegExp(`^${parts.join('')}$`, 's'), names };
}

/** A pattern of a character, plain or percent-encoded. An escape, or an encoded slash, is never the plain character. */
function anySpelling(character: string): string {
  const bytes = Array.from(new TextEncoder().encode(character), (byte) => byte.toString(16).padStart(2, '0'));
  const encoded = bytes
    .map((hex) => `%${hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)}`)
    .join('');
  if (character === '/' || character === '%') return encoded;
  return `(?:${character.replace(/[.*+?^${}()|[\]\\]/, '\\$&')}|${encoded})`;
}

function spelledOut(segment: string): number {
  return segment.replace(/\{[^{}]*\}/g, '').length;
}

function newNode<T>(): Node<T> {
  return { literals: new Map(), patterns: [] };
}
