import type { Api } from '../../types.ts';
import { isSchemaObject, type SchemaObject, subschemas } from '../keywords.ts';
import { components } from './components.ts';
import { schemaGraph } from './graph.ts';

/** One schema of each loop of references and compositions that never reaches a property or an item. */
export function referenceLoops(api: Pick<Api, 'document' | 'schemas' | 'operations'>): readonly SchemaObject[] {
  const graph = schemaGraph(api);
  const inPlace = (schema: SchemaObject) => [
    // The target of a dynamic reference is only known during validation.
    ...(typeof schema.$ref === 'string' ? graph.references(schema).slice(0, 1) : []),
    ...subschemas(schema)
      .filter((inner) => inner.inPlace)
      .map((inner) => inner.schema)
      .filter(isSchemaObject),
  ];
  return components(graph.schemas, inPlace).flatMap(({ members: [first], recursive }) =>
    recursive && first !== undefined ? [first] : [],
  );
}
