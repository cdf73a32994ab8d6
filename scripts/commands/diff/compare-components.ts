import { isObject } from '../../common/document/pointer.ts';
import type { Api, ExpandedDocument } from '../../model/types.ts';
import { asCode } from './as-code.ts';
import { tellFindings } from './compare-bodies.ts';
import { extensionsOf } from './compare-extensions.ts';
import { compareSchemas } from './compare-schemas.ts';
import type { Both, Change, Role } from './types.ts';

const PLACE = '#/components/schemas/';

/** Names of the schemas that an operation uses. Schemas that extend one of them are used as well. */
function usedBy(api: Api): ReadonlySet<string> {
  const { paths, components }: ExpandedDocument = api.document;
  const names = new Map([...api.schemas].map(([name, schema]) => [schema, name]));
  const extending = new Map(
    extensionsOf(api).map(({ schema, choices }) => [
      names.get(schema),
      [...choices.values()].map((each) => names.get(each)),
    ]),
  );
  const used = new Set<string>();
  const waiting: unknown[] = [paths, { ...components, schemas: undefined }];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (Array.isArray(value)) waiting.push(...value);
    else if (isObject(value)) waiting.push(...Object.values(value));
    else if (typeof value === 'string' && value.startsWith(PLACE)) {
      const name = value.slice(PLACE.length).replaceAll('~1', '/').replaceAll('~0', '~');
      if (used.has(name)) continue;
      used.add(name);
      waiting.push(
        components?.schemas?.[name],
        extending.get(name)?.map((each) => `${PLACE}${each}`),
      );
    }
  }
  return used;
}

/**
 * Compares components. Each is exported as a type and as a validator, even if no operation uses it. A schema that no
 * operation uses may be both sent and received.
 */
export function compareComponents({ before, after }: Both<Api>, role: Role): readonly Change[] {
  const changes: Change[] = [];
  for (const name of before.schemas.keys())
    if (!after.schemas.has(name)) changes.push({ bump: 'major', text: `The schema ${asCode(name)} was removed` });
  for (const name of after.schemas.keys())
    if (!before.schemas.has(name)) changes.push({ bump: 'patch', text: `The schema ${asCode(name)} is new` });
  const [old, now] = [usedBy(before), usedBy(after)];
  for (const [name, was] of before.schemas) {
    const is = after.schemas.get(name);
    if (is === undefined || (old.has(name) && now.has(name))) continue;
    for (const goes of ['out', 'in'] as const)
      tellFindings(
        compareSchemas(was, is, { before, after }, goes, true),
        `The schema ${asCode(name)}`,
        goes,
        role,
        (bump, text) => changes.push({ bump, text }),
      );
  }
  return changes;
}
