import type { JsonSchema } from '../../types.ts';
import { onceForEach, type Schemas } from './once.ts';
import { pointerTo } from './pointer.ts';

/** A schema that an OpenAPI object holds, not another schema. */
export type SchemaRoot = { readonly schema: JsonSchema; readonly pointer: string };

/** Every schema that the API's components and operations hold. */
export const schemaRoots = onceForEach((api): readonly SchemaRoot[] => [...rootsOf(api)]);

function* rootsOf(api: Schemas): Generator<SchemaRoot> {
  for (const [name, schema] of api.schemas) yield { schema, pointer: pointerTo('/components/schemas', [name]) };
  for (const operation of api.operations) {
    for (const { schema, pointer } of operation.parameters) yield { schema, pointer };
    for (const { schema, pointer } of operation.body?.content ?? []) yield { schema, pointer };
    for (const response of operation.responses) {
      for (const { schema, pointer } of response.content) yield { schema, pointer };
      for (const { schema, pointer } of response.headers) yield { schema, pointer };
    }
  }
}
