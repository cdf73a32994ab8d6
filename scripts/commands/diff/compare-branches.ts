import { isObject } from '../../common/document/pointer.ts';
import { asCode } from './as-code.ts';
import { type Compare, type Finding, place, type SchemaNode } from './compare-schemas.ts';
import { sameJson } from './types.ts';

type Branch = { readonly schema: unknown; readonly key: string };

/** What a branch is known by when branches move: its reference, its title, else its place. */
function branchesOf(value: unknown): readonly Branch[] {
  if (!Array.isArray(value)) return [];
  return value.map((schema: unknown, index) => {
    const node = isObject(schema) ? schema : {};
    return { schema, key: typeof node.$ref === 'string' ? node.$ref : String(node.title ?? index) };
  });
}

/** `allOf`, `anyOf` and `oneOf`: a branch more narrows the first and widens the others. */
export function compareBranches(
  before: SchemaNode,
  after: SchemaNode,
  at: string,
  compare: Compare,
): readonly Finding[] {
  const found: Finding[] = [];
  for (const keyword of ['allOf', 'anyOf', 'oneOf'] as const) {
    const [old, now] = [branchesOf(before[keyword]), branchesOf(after[keyword])];
    if (old.length === 0 && now.length === 0) continue;
    const rest = [...now];
    const lost: Branch[] = [];
    for (const branch of old) {
      const same = rest.findIndex(({ schema, key }) => key === branch.key || sameJson(schema, branch.schema));
      const [match] = same === -1 ? [] : rest.splice(same, 1);
      if (match === undefined) lost.push(branch);
      else found.push(...compare(branch.schema, match.schema, at));
    }
    const more = keyword === 'allOf' ? ('narrows' as const) : ('widens' as const);
    const fewer = keyword === 'allOf' ? ('widens' as const) : ('narrows' as const);
    // Without any branch the keyword asks for nothing: the first one of `anyOf` narrows too.
    if (rest.length > 0)
      found.push({
        effect: old.length === 0 ? 'narrows' : more,
        text: `${place(at)} has ${count(rest)} more in ${asCode(keyword)}`,
      });
    if (lost.length > 0)
      found.push({
        effect: now.length === 0 ? 'widens' : fewer,
        text: `${place(at)} has ${count(lost)} fewer in ${asCode(keyword)}`,
      });
  }
  return found;
}

const count = ({ length }: readonly unknown[]): string => `${length} ${length === 1 ? 'branch' : 'branches'}`;
