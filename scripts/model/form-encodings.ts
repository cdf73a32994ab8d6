import type { FieldEncodings } from '@countersign/runtime/contract';
import { encodingPointer, FORMS } from './encoding.ts';
import { fieldsOf } from './multipart.ts';
import { atPointer } from './reader.ts';
import type { ResolveSchema } from './schema/shape/parameter-shape.ts';
import type { Body, Content, ExpandedDocument } from './types.ts';

/** By property: its serialization in the `encoding` beside a schema. */
export function encodingsOf(
  document: ExpandedDocument,
  { mediaType, pointer, schema }: Pick<Content, 'mediaType' | 'pointer' | 'schema'>,
  resolve: ResolveSchema,
): FieldEncodings {
  const at = encodingPointer(pointer);
  return fieldsOf(document, mediaType, schema, atPointer(document, at), at, resolve);
}

/** The encodings of a body's forms, by media type. */
export function buildEncodings(
  document: ExpandedDocument,
  { content }: Pick<Body, 'content'>,
  resolve: ResolveSchema,
): { readonly [mediaType: string]: FieldEncodings } {
  const found = content
    .filter(({ mediaType, parts }) => FORMS.test(mediaType) && parts === undefined)
    .map((one) => [one.mediaType, encodingsOf(document, one, resolve)] as const);
  return Object.fromEntries(found.filter(([, encodings]) => Object.keys(encodings).length > 0));
}
