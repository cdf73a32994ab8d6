import { valueAt } from '@countersign/runtime/contract';
import type { JsonSchema } from '../../types.ts';
import { isSchema } from '../keywords.ts';
import { onceForEach, type Schemas } from './once.ts';
import { pointerTo } from './pointer.ts';

/** A schema that an OpenAPI object holds, not another schema. */
export type SchemaRoot = { readonly schema: JsonSchema; readonly pointer: string };

/** Every schema that the API's components and operations hold. */
export const schemaRoots = onceForEach((api): readonly SchemaRoot[] => [...rootsOf(api)]);

function* rootsOf(api: Schemas): Generator<SchemaRoot> {
  for (const [name, schema] of api.schemas) yield { schema, pointer: pointerTo('/components/schemas', [name]) };
  // Operations share the parameters and headers of components.
  const known = new Map<string, string>();
  const placeOf = (pointer: string): string => {
    const place = known.get(pointer) ?? schemaPointer(api.document, pointer);
    known.set(pointer, place);
    return place;
  };
  for (const operation of api.operations) {
    for (const parameter of operation.parameters) {
      yield { schema: parameter.schema, pointer: placeOf(parameter.pointer) };
    }
    for (const { schema, pointer } of operation.body?.content ?? []) yield { schema, pointer };
    for (const response of operation.responses) {
      for (const { schema, pointer } of response.content) yield { schema, pointer };
      for (const header of response.headers) {
        yield { schema: header.schema, pointer: placeOf(header.pointer) };
      }
    }
  }
}

/** A parameter's or header's schema stands at its `schema`, or below its only media type. */
function schemaPointer(document: unknown, pointer: string): string {
  if (isSchema(valueAt(document, `${pointer}/schema`))) return `${pointer}/schema`;
  const content = valueAt(document, `${pointer}/content`);
  const [mediaType] = typeof content === 'object' && content !== null ? Object.keys(content) : [];
  return mediaType === undefined ? pointer : pointerTo(pointer, ['content', mediaType, 'schema']);
}
