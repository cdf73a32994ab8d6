import { isSchemaObject, type SchemaObject } from '../keywords.ts';
import { onceForEach } from './once.ts';
import { schemaResources } from './resources.ts';

/**
 * Nested schemas that are the target of a reference without being components, each with the place that names its type.
 * Inlined at each reference, a recursive one would not end.
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

/** The type name of such a schema. No component has such a name. */
export const nestedName = (pointer: string): string => `#${pointer}`;
