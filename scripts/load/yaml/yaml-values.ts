import {
  type Alias,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { lostDigits } from '../lost-digits.ts';
import type { ParseProblem } from '../parsed.ts';

/** The value of a YAML document, and its errors. */
export type YamlValues = {
  readonly value: unknown;
  readonly problems: readonly ParseProblem[];
  /** The target of each alias. */
  readonly targets: ReadonlyMap<Alias, Node>;
};

/**
 * The plain values of a YAML tree, by the rules of YAML 1.2 core. An alias becomes a copy of its target, so that the
 * result is a tree. The size of such copies is limited.
 */
export function yamlValues(root: Node | null, aliasLimit: number): YamlValues {
  const problems: ParseProblem[] = [];
  const anchors = new Map<string, { readonly node: Node; open: boolean }>();
  const targets = new Map<Alias, Node>();
  let aliasDepth = 0;
  let copied = 0;
  return { value: valueAt(root), problems, targets };

  function valueAt(node: Node | null): unknown {
    if (node === null) return null;
    if (aliasDepth > 0 && ++copied > aliasLimit) return null;
    if (isAlias(node)) return aliasOf(node);
    const anchor = anchorOf(node);
    if (isScalar(node)) return scalarOf(node);
    if (!isCollection(node)) return null;
    const value = isMap(node) ? mapOf(node) : (node as YAMLSeq<Node | null>).items.map((item) => itemOf(item));
    if (anchor) anchor.open = false;
    return value;
  }

  function anchorOf(node: Node & { readonly anchor?: string }): { open: boolean } | undefined {
    if (node.anchor === undefined || aliasDepth > 0) return undefined;
    const anchor = { node, open: isCollection(node) };
    anchors.set(node.anchor, anchor);
    return anchor;
  }

  function itemOf(item: Node | Pair<Node, Node | null> | null): unknown {
    // A pair inside a list, `[a: 1]`, is a map with one key.
    if (!isPair(item)) return valueAt(item);
    const key = keyOf(item.key as Node | null);
    return key === undefined ? null : { [key]: valueAt(item.value as Node | null) };
  }

  function aliasOf(alias: Alias): unknown {
    const anchor = anchors.get(alias.source);
    const target = targets.get(alias) ?? anchor?.node;
    if (!target) {
      add(
        alias,
        'yaml-alias',
        'The alias refers to an anchor that is not defined before it.',
        'Define the anchor (`&name`) earlier in the file, or use `$ref`.',
      );
      return null;
    }
    if (anchor?.open && anchor.node === target) {
      add(
        alias,
        'yaml-alias-cycle',
        'The alias is inside the value that it refers to.',
        'Use `$ref` for a recursive schema.',
      );
      return null;
    }
    targets.set(alias, target);
    if (copied > aliasLimit) return null;
    aliasDepth++;
    const value = valueAt(target);
    aliasDepth--;
    if (aliasDepth === 0 && copied > aliasLimit) {
      add(
        alias,
        'yaml-alias-bomb',
        `The aliases in this file expand to more than ${aliasLimit} values.`,
        'Use `$ref` to share parts: every alias is expanded to a copy.',
      );
    }
    return value;
  }

  function mapOf(map: YAMLMap): { [key: string]: unknown } {
    const result: { [key: string]: unknown } = {};
    const merged: unknown[] = [];
    for (const pair of map.items) {
      if (isMergeKey(pair.key)) {
        merged.push(...mergedMaps(pair as Pair<Scalar, Node | null>));
        continue;
      }
      const key = keyOf(pair.key as Node | null);
      if (key === undefined) continue;
      if (Object.hasOwn(result, key)) {
        add(
          pair.key as Node,
          'yaml-duplicate-key',
          'The key occurs twice in the map.',
          'Remove or rename one of the two keys.',
        );
        continue;
      }
      const value = valueAt(pair.value as Node | null);
      // An assignment to `__proto__` would change the object instead of adding a property.
      if (key === '__proto__')
        Object.defineProperty(result, key, { value, enumerable: true, configurable: true, writable: true });
      else result[key] = value;
    }
    // Keys of the map itself take precedence, then those that are merged first.
    for (const source of merged) {
      for (const [key, value] of Object.entries(source as object))
        if (!Object.hasOwn(result, key))
          Object.defineProperty(result, key, { value, enumerable: true, configurable: true, writable: true });
    }
    return result;
  }

  /** The maps of `<<: *one` or `<<: [*one, *two]`. A value of another kind merges nothing. */
  function mergedMaps({ key, value }: Pair<Scalar, Node | null>): readonly unknown[] {
    add(
      key,
      'yaml-merge-key',
      'Merge keys (`<<`) are not part of YAML 1.2. The merged keys are copied.',
      'Write out the keys, or use `$ref` and `allOf`.',
      'warning',
    );
    const given = valueAt(value);
    const sources: readonly unknown[] = Array.isArray(given) ? given : [given];
    return sources.filter((each) => typeof each === 'object' && each !== null && !Array.isArray(each));
  }

  function keyOf(key: Node | null): string | undefined {
    if (isAlias(key)) {
      const target = anchors.get(key.source)?.node;
      if (target) return keyOf(target);
    }
    if (!isScalar(key)) {
      add(key ?? undefined, 'yaml-key', 'The key is not a string.', 'Write the key as a plain or quoted string.');
      return undefined;
    }
    anchorOf(key);
    return scalarKey(key);
  }

  function scalarOf(scalar: Scalar): unknown {
    const { value, source } = scalar;
    if (typeof value === 'number' && !Number.isFinite(value)) {
      add(
        scalar,
        'yaml-number',
        'The number is not a valid JSON number.',
        'Write a finite number, or quote the value to make it a string.',
      );
      return null;
    }
    if (scalar.type === 'PLAIN' && typeof value === 'number' && /^[-+]?0\d/.test(source ?? '')) {
      add(
        scalar,
        'yaml-leading-zero',
        `The value is read as the number ${value} in YAML 1.2.`,
        'Quote the value if it is a string. Remove the leading zero if it is a number.',
        'warning',
      );
    }
    // The content of an alias was reported where it was written.
    if (typeof value === 'number' && aliasDepth === 0)
      problems.push(...lostDigits('yaml-number-digits', source ?? '', value, scalar.range?.[0] ?? 0));
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
  }

  function add(
    node: Node | undefined,
    code: string,
    message: string,
    help: string,
    severity: 'error' | 'warning' = 'error',
  ): void {
    // The content of an alias was reported where it was written.
    if (aliasDepth > 0) return;
    problems.push({ severity, code, message, help, offset: node?.range?.[0] ?? 0 });
  }
}

/** Whether a key is `<<` without quotes. YAML 1.1 merges maps by it, and many libraries do so for 1.2. */
export const isMergeKey = (key: unknown): key is Scalar => isScalar(key) && key.type === 'PLAIN' && key.source === '<<';

/** The key as written: `200`, `on` and `012` are not converted. */
export function scalarKey(key: Scalar): string {
  return key.source ?? String(key.value);
}
