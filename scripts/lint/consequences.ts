import type { Diagnostic } from '../common/diagnostics/diagnostic.ts';
import { isObject, ownMember, pointerTokens, valueAt } from '../common/document/pointer.ts';
import { resolveUri } from '../load/references/resolve-uri.ts';
import type { LoadedSpec, SourceFile } from '../load/types.ts';

/** Rules that check one object and its own keys: targets of references do not affect their findings. */
const LOCAL = new Set([
  'struct',
  'header-name',
  'info-license',
  'info-license-strict',
  'no-duplicated-enum-values',
  'no-duplicated-tag-names',
  'no-identical-paths',
  'no-path-trailing-slash',
  'no-server-example.com',
  'no-server-trailing-slash',
  'no-unsafe-markdown',
  'operation-2xx-response',
  'operation-4xx-response',
  'operation-name',
  'operation-operationId',
  'operation-operationId-unique',
  'operation-operationId-url-safe',
  'operation-summary',
  'path-declaration-must-exist',
  'path-not-include-query',
  'pattern',
  'tag-description',
  'x-cs-place',
  'x-cs-schema',
  'x-cs-unknown',
]);

/**
 * Removes the consequences of an invalid reference: examples that cannot be checked, undeclared parameters, unused
 * components. Independent errors are kept.
 */
export function withoutConsequences(found: readonly Diagnostic[], spec: LoadedSpec): Diagnostic[] {
  if (spec.wrongRefs.size === 0) return [...found];
  const holders = findHolders(spec);
  const affected = reachedFrom([...spec.wrongRefs], holders);
  const containers = findContainers(spec);
  const files = new Map([...spec.sources.values()].map((file) => [file.display, file]));
  return found.filter(({ code, at, pointer = '' }) => {
    const file = files.get(at.file);
    const nodes = file === undefined ? [] : nodesAt(file, pointer);
    // Because its target is unknown, a reference looks like an object without fields.
    if (nodes.some((node) => spec.wrongRefs.has(node))) return false;
    if (LOCAL.has(code)) return true;
    if (code === 'no-unused-components' || file === undefined || looksAtAll(pointer)) return false;
    const around = reachedFrom(nodes, holders, containers);
    return ![...around].some((each) => affected.has(each) && !containers.has(each));
  });
}

/** Security schemes of sessions may name any operation, and so may extensions at the top level. */
const looksAtAll = (pointer: string): boolean => /^(?:\/components\/securitySchemes\/|\/x-cs-)/.test(pointer);

type Holders = ReadonlyMap<object, readonly object[]>;

/** For each object, the objects that contain it or refer to it. */
function findHolders(spec: LoadedSpec): Holders {
  const holders = new Map<object, object[]>();
  const holds = (holder: object, held: unknown): void => {
    if (typeof held !== 'object' || held === null) return;
    const known = holders.get(held);
    if (known) known.push(holder);
    else holders.set(held, [holder]);
  };
  for (const file of spec.sources.values()) {
    const open: unknown[] = [file.value];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (typeof next !== 'object' || next === null) continue;
      for (const member of Object.values(next)) {
        holds(next, member);
        if (typeof member === 'object' && member !== null) open.push(member);
      }
      const ref = isObject(next) ? next.$ref : undefined;
      if (typeof ref === 'string' && !spec.dataRefs.has(next)) holds(next, targetOf(ref, file, spec));
    }
  }
  return holders;
}

/** Objects and all that contain them, except the root. */
function reachedFrom(from: readonly object[], holders: Holders, end: ReadonlySet<object> = new Set()): Set<object> {
  const reached = new Set<object>();
  const open = [...from];
  for (let next = open.pop(); next; next = open.pop()) {
    if (reached.has(next) || end.has(next)) continue;
    reached.add(next);
    open.push(...(holders.get(next) ?? []));
  }
  return reached;
}

/** Whole files and the maps of their parts: two parts are not related because one map contains both. */
function findContainers(spec: LoadedSpec): ReadonlySet<object> {
  const found = [...spec.sources.values()].flatMap(({ value }) => {
    const components = ownMember(value, 'components');
    const sections = isObject(components) ? Object.values(components) : [];
    return [value, ownMember(value, 'paths'), ownMember(value, 'webhooks'), components, ...sections];
  });
  return new Set(found.filter((each) => typeof each === 'object' && each !== null));
}

/** The object at a pointer, or the nearest that contains it. */
function nodesAt(file: SourceFile, pointer: string): readonly object[] {
  let node: unknown = file.value;
  let nearest: unknown = node;
  for (const token of pointerTokens(pointer)) {
    node = ownMember(node, token);
    if (typeof node === 'object' && node !== null) nearest = node;
  }
  return typeof nearest === 'object' && nearest !== null ? [nearest] : [];
}

function targetOf(ref: string, file: SourceFile, { sources }: LoadedSpec): unknown {
  const [uri = '', fragment = ''] = ref.split('#', 2);
  const target = uri === '' ? file : sources.get(resolveUri(file.path, uri));
  if (target === undefined) return undefined;
  try {
    return valueAt(target.value, decodeURIComponent(fragment));
  } catch {
    return undefined;
  }
}
