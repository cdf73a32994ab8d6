import type { Api } from '../../types.ts';
import { isSchemaObject, type SchemaObject, subschemas } from '../keywords.ts';
import { components } from './components.ts';
import { schemaGraph } from './graph.ts';

/** One schema of each loop of references and compositions that never reaches a property or an item. */
export function referenceLoops(api: Pick<Api, 'document' | 'schemas' | 'operations'>): readonly SchemaObject[] {
  const graph = schemaGraph(api);
  const inPlace = (schema: SchemaObject): readonly SchemaObject[] => {
    if (schema.$dynamicRef === undefined) return graph.inPlace(schema);
    // The target of a dynamic reference is only known during validation.
    const references = graph.references(schema).slice(0, typeof schema.$ref === 'string' ? 1 : 0);
    const composed = subschemas(schema).flatMap((inner) => (inner.inPlace ? inner.schema : []));
    return [...references, ...composed.filter(isSchemaObject)];
  };
  // Most schemas lead to no other schema of the same value, so they are in no loop.
  const leading = new Set(graph.schemas.filter((schema) => inPlace(schema).length > 0));
  const next = (schema: SchemaObject) => inPlace(schema).filter((each) => leading.has(each));
  return components([...leading], next).flatMap(({ members: [first], recursive }) =>
    recursive && first !== undefined ? [first] : [],
  );
}
