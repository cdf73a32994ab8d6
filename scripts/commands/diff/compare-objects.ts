import { isObject, ownMember } from '../../common/document/pointer.ts';
import { type Compare, type Finding, member, place, type SchemaNode } from './compare-schemas.ts';

const names = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

/** Members and items. */
export function compareObjects(
  before: SchemaNode,
  after: SchemaNode,
  at: string,
  compare: Compare,
): readonly Finding[] {
  const found: Finding[] = [];
  const [old, now] = [before, after].map((schema) => (isObject(schema.properties) ? schema.properties : {}));
  const [needed, needs] = [names(before.required), names(after.required)];
  const listed = new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {}), ...needed, ...needs]);
  for (const name of listed) {
    const [was, is] = [ownMember(old, name), ownMember(now, name)];
    const here = member(at, name);
    if (was !== undefined && is === undefined) found.push({ effect: 'removes', text: `${place(here)} is gone` });
    else if (was === undefined && is !== undefined && !needs.includes(name))
      found.push({ effect: 'adds', text: `${place(here)} is new, and may be left out` });
    else if (was === undefined && needs.includes(name) && !needed.includes(name))
      found.push({ effect: 'narrows', text: `${place(here)} is new and required` });
    else {
      if (needs.includes(name) && !needed.includes(name))
        found.push({ effect: 'narrows', text: `${place(here)} is now required` });
      if (needed.includes(name) && !needs.includes(name))
        found.push({ effect: 'widens', text: `${place(here)} may now be left out` });
      if (was !== undefined || is !== undefined) found.push(...compare(was, is, here));
    }
  }
  found.push(...compare(before.additionalProperties, after.additionalProperties, member(at, '*')));
  if (before.items !== undefined || after.items !== undefined)
    found.push(...compare(before.items, after.items, `${at}[]`));
  found.push(...compareTuples(before.prefixItems, after.prefixItems, at, compare));
  return found;
}

function compareTuples(before: unknown, after: unknown, at: string, compare: Compare): readonly Finding[] {
  const [old, now] = [before, after].map((value): readonly unknown[] => (Array.isArray(value) ? value : []));
  const length = Math.max(old?.length ?? 0, now?.length ?? 0);
  return Array.from({ length }, (_, index) => compare(old?.[index], now?.[index], `${at}[${index}]`)).flat();
}
