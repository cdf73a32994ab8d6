import { isSchemaObject, type SchemaObject } from '../keywords.ts';
import { onceForEach } from './once.ts';
import { schemaResources } from './resources.ts';

/**
 * Schemas that are referred to where they stand, and are no components: each with the place that names its type.
 * Written out wherever they are referred to, one that contains itself would not end.
 */
export const nestedTargets = onceForEach((api): ReadonlyMap<SchemaObject, string> => {
  const { otherReferences, resolve, componentName, placeOf } = schemaResources(api);
  const targets = new Map<SchemaObject, string>();
  for (const { ref, from } of otherReferences) {
    const target = resolve(ref, from);
    if (isSchemaObject(target) && componentName(target) === undefined) targets.set(target, placeOf(target).pointer);
  }
  return targets;
});

/** What the types call such a schema: no component has such a name. */
export const nestedName = (pointer: string): string => `#${pointer}`;
