import { kindOf } from '@countersign/runtime/contract';
import { createValidators } from '../../../runtime/mock/validators.ts';
import { createValueMaker } from '../../../runtime/values/index.ts';
import type { Schema } from '../../../runtime/values/types.ts';
import { atPointer, isNode } from '../../model/reader.ts';
import { directionsOf } from '../../model/schema/directions.ts';
import type { Api, Content, ExpandedDocument } from '../../model/types.ts';

const isSchema = (value: unknown): value is Schema => isNode(value) || typeof value === 'boolean';

/** Media types whose samples are shown unchanged. Redoc creates its own for XML and files. */
const SHOWN = ['json', 'form', 'text'];

/**
 * The document with an example for each request and response without one: the value that the mock generates. Redoc's
 * own samples violate patterns, discriminators and formats.
 */
export function withExamples({ document, operations }: Pick<Api, 'document' | 'operations'>): ExpandedDocument {
  const copy = structuredClone(document);
  const make = createValueMaker(document);
  const validators = {
    request: createValidators(document, 'request'),
    response: createValidators(document, 'response'),
  };

  const add = ({ mediaType, pointer, examples }: Content, direction: 'request' | 'response'): void => {
    if (examples.size > 0 || !SHOWN.includes(kindOf(mediaType))) return;
    const schema = atPointer(document, pointer);
    const media = atPointer(copy, pointer.slice(0, pointer.lastIndexOf('/')));
    if (!isSchema(schema) || !isNode(media) || 'example' in media || 'examples' in media) return;
    const isValid = (value: unknown): boolean => {
      const result = validators[direction].at(pointer)['~standard'].validate(value);
      return !('issues' in result) || result.issues === undefined;
    };
    Object.assign(media, { example: make({ schema, direction, isValid }).value });
  };

  for (const operation of operations) {
    const { body, responses } = operation;
    const [asked, returned] = directionsOf(operation);
    for (const content of body?.content ?? []) add(content, asked);
    for (const { content } of responses) for (const each of content) add(each, returned);
  }
  return copy;
}
