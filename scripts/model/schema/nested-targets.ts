import { schemaGraph } from './graph.ts';
import type { SchemaObject } from './keywords.ts';
import { onceForEach } from './once.ts';

/**
 * Schemas that are referred to where they stand, and are no components: each with the place that names its type.
 * Written out wherever they are referred to, one that contains itself would not end.
 */
export const nestedTargets = onceForEach((api): ReadonlyMap<SchemaObject, string> => {
  const { schemas, references, resources } = schemaGraph(api);
  const targets = schemas.flatMap(references).filter((target) => resources.componentName(target) === undefined);
  return new Map(targets.map((target) => [target, resources.placeOf(target).pointer]));
});

/** What the types call such a schema: no component has such a name. */
export const nestedName = (pointer: string): string => `#${pointer}`;
