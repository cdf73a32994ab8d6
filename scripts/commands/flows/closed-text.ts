import { type Hidden, withHiddenRefs } from '../../lint/hidden-refs.ts';
import { followReferences } from '../../load/references/index.ts';
import type { Shape } from '../../load/shapes.ts';
import type { SourceFile } from '../../load/types.ts';
import { isNode, type Node } from '../../model/reader.ts';

/**
 * The JSON of a prepared document without outgoing references. Redocly follows every `$ref` and `externalValue`, also
 * in data, to files and hosts: those are renamed, and so is `x-operation`, which would call any host without the proxy.
 *
 * @param shape shape of the document, which determines which values are data
 */
export function closedText(document: Node, shape: Shape, prepare: (document: Node) => Node): Promise<string> {
  return withHiddenRefs(findLeading(document, shape), async () => JSON.stringify(prepare(document)));
}

function findLeading(document: Node, shape: Shape): readonly Hidden[] {
  const at = { file: '', line: 1, column: 1 };
  const root: SourceFile = { path: '', display: '', text: '', value: document, locate: () => at };
  const { dataRefs, wrongRefs } = followReferences(root, () => undefined, [], shape);
  const refs = new Set([...dataRefs, ...wrongRefs]);
  const others = new Set<object>();
  const discriminators = new Set<object>();
  const open: unknown[] = [document];
  const seen = new Set<unknown>();
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null || seen.has(next)) continue;
    seen.add(next);
    open.push(...Object.values(next));
    if (!isNode(next)) continue;
    const { $ref, mapping, propertyName } = next;
    if (
      typeof propertyName === 'string' &&
      isNode(mapping) &&
      Object.values(mapping).some((target) => leaves(target) && !isName(target))
    )
      discriminators.add(next);
    if (leaves($ref)) refs.add(next);
    else if (!refs.has(next) && (typeof next.externalValue === 'string' || isNode(next['x-operation'])))
      others.add(next);
  }
  return [
    { objects: refs, keys: ['$ref', ...LEADING] },
    { objects: others, keys: LEADING },
    { objects: discriminators, keys: ['mapping'] },
  ];
}

const leaves = (ref: unknown): boolean => typeof ref === 'string' && !ref.startsWith('#');

/**
 * Whether a target in a mapping is the name of a schema. Redocly reads such a name as a file beside the document, and
 * none exists.
 */
const isName = (target: unknown): boolean => !/[/\\]/.test(String(target));

const LEADING = ['externalValue', 'x-operation'];
