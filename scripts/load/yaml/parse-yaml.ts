import {
  type Alias,
  Composer,
  type CST,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  Parser,
  type ScalarTag,
  type Tags,
} from 'yaml';
import type { Parsed, ParseProblem } from '../parsed.ts';
import type { Limits } from '../types.ts';
import { explainError, isEcho, losesTrack } from './explain-error.ts';
import { tooDeepAt } from './yaml-depth.ts';
import { explainYaml } from './yaml-problems.ts';
import { isMergeKey, scalarKey, yamlValues } from './yaml-values.ts';

const MERGE_CONFLICT = {
  code: 'yaml-syntax',
  message: 'The file contains merge conflict markers.',
  help: 'Resolve the conflict, then remove the lines that start with `<<<<<<<`, `=======` and `>>>>>>>`.',
};

/** Maximum number of errors: further errors of a broken file are consequences. */
const maxProblems = 50;

/**
 * `!!float 1`, which the library does not accept as a float, although YAML 1.2 does. Without a tag, it was parsed as an
 * integer before.
 */
const wholeFloat: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  test: /^[-+]?[0-9]+$/,
  resolve: Number,
};

/** Parses one YAML 1.2 document with the core schema and the position of each value. */
export function parseYaml(text: string, limits: Limits): Parsed {
  const problems: ParseProblem[] = [];
  const tokens: CST.Token[] = [];
  for (const token of new Parser().parse(text)) {
    const deep = tooDeepAt(token, limits.depth);
    if (deep !== undefined) return refusal(tooDeep(deep, limits.depth));
    tokens.push(token);
  }
  // The uniqueness of keys is checked below, in linear time.
  const options = {
    version: '1.2',
    schema: 'core',
    customTags: (tags: Tags) => [...tags, wholeFloat],
    resolveKnownTags: false,
    merge: false,
    uniqueKeys: false,
    prettyErrors: false,
  } as const;
  const [document, second] = new Composer(options).compose(tokens, true, text.length);
  if (!document) return refusal({ severity: 'error', ...explainYaml('UNEXPECTED_TOKEN'), offset: 0 });
  const conflict = /^<{7} .*$/m.exec(text);
  if (conflict && /^>{7} .*$/m.test(text))
    return refusal({ severity: 'error', ...MERGE_CONFLICT, offset: conflict.index });
  const root = document.contents as Node | null;
  const read = { text, root, errors: document.errors };
  const [first] = document.errors;
  const lost = first && losesTrack(first, read) ? first.pos[0] : Number.POSITIVE_INFINITY;
  for (const error of [...document.errors, ...document.warnings])
    if (error.pos[0] <= lost && !isEcho(error, document.errors))
      problems.push({ severity: 'error', ...explainError(error, read) });
  if (second) problems.push({ severity: 'error', ...explainYaml('MULTIPLE_DOCS'), offset: documentStart(tokens) });
  const { explicit, version } = document.directives.yaml;
  if (explicit && version !== '1.2') {
    problems.push({
      severity: 'error',
      code: 'yaml-directive',
      message: 'The YAML version is not supported. Expected 1.2.',
      help: 'Remove the %YAML line, or write %YAML 1.2.',
      offset: 0,
    });
  }
  const values = yamlValues(root, limits.aliasValues);
  problems.push(...values.problems.filter(({ offset }) => offset <= lost));
  return {
    value: values.value,
    problems: withoutRest(withoutEchoes(problems, text)),
    offsetOf: (keys, on) => offsetOf(root, values.targets, keys, on),
  };
}

/** Follows the keys as far as they exist. */
function offsetOf(
  root: Node | null,
  targets: ReadonlyMap<Alias, Node>,
  keys: readonly string[],
  on: 'key' | 'value',
): number {
  let node = root;
  let keyAt: number | undefined;
  for (const [depth, token] of keys.entries()) {
    const next = memberOf(isAlias(node) ? (targets.get(node) ?? null) : node, token, targets);
    if (!next) return keyAt ?? startOf(node);
    ({ node, keyAt } = next);
    if (depth === keys.length - 1 && on === 'value' && isScalar(node)) return startOf(node);
  }
  return keyAt ?? startOf(node);
}

function memberOf(
  node: Node | null,
  token: string,
  targets: ReadonlyMap<Alias, Node>,
): { readonly node: Node | null; readonly keyAt: number | undefined } | undefined {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && scalarKey(key) === token);
    if (pair) return { node: pair.value as Node | null, keyAt: startOf(pair.key as Node) };
    for (const { key, value } of node.items) {
      if (!isMergeKey(key)) continue;
      for (const source of isSeq(value) ? value.items : [value]) {
        const map = isAlias(source) ? targets.get(source) : source;
        const member = isMap(map) ? memberOf(map, token, targets) : undefined;
        if (member) return member;
      }
    }
  }
  const item = isSeq(node) ? node.items[Number(token)] : undefined;
  if (isPair(item)) return { node: item.value as Node | null, keyAt: startOf(item.key as Node) };
  return item ? { node: item as Node, keyAt: undefined } : undefined;
}

function startOf(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}

function documentStart(tokens: readonly CST.Token[]): number {
  return tokens.filter(({ type }) => type === 'document')[1]?.offset ?? 0;
}

/** One error per place. After wrong indentation, the parser also reports valid text and the next line. */
function withoutEchoes(problems: readonly ParseProblem[], text: string): ParseProblem[] {
  const seen = new Set<string>();
  let indented = -1;
  const layout = problems.find(({ code }) => code === 'yaml-indentation' || code === 'yaml-tab');
  return problems.filter(({ code, offset }) => {
    if (layout && code === 'yaml-syntax' && offset > layout.offset) return false;
    if (layout?.code === 'yaml-tab' && code === 'yaml-indentation' && offset > layout.offset) return false;
    if (code === 'yaml-indentation') {
      const line = text.slice(0, offset).split('\n').length;
      const next = line === indented + 1;
      indented = line;
      if (next) return false;
    }
    return !seen.has(`${code} ${offset}`) && seen.add(`${code} ${offset}`);
  });
}

/** Errors first, so that the error that stops a run is shown even after many warnings. */
function withoutRest(problems: readonly ParseProblem[]): ParseProblem[] {
  const [errors, warnings] = (['error', 'warning'] as const).map((wanted) =>
    problems.filter(({ severity }) => severity === wanted),
  ) as [ParseProblem[], ParseProblem[]];
  return [...errors, ...warnings].slice(0, maxProblems);
}

function tooDeep(offset: number, limit: number): ParseProblem {
  const { code, help } = explainYaml('RESOURCE_EXHAUSTION');
  return { severity: 'error', code, message: `The document is nested more than ${limit} levels deep.`, help, offset };
}

function refusal(problem: ParseProblem): Parsed {
  return { value: undefined, problems: [problem], offsetOf: () => 0 };
}
