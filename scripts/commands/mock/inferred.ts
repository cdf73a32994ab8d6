import { asNode, atPointer, follow, join } from '../../model/reader.ts';
import type { Api, Operation, Parameter } from '../../model/types.ts';

/** Facts that the console marks, because the provider does not document them (`x-cs-source: inferred`). */
export type Inferred = {
  /** The response, its schema or the example. */
  readonly ofResponse: (status: string, mediaType?: string, example?: string) => boolean;
  readonly parameter: (parameter: Parameter) => boolean;
};

/** The facts of an operation that its provider does not document. */
export function findInferred({ document }: Api, { pointer }: Operation): Inferred {
  const read = (value: unknown) => follow(document, value, '').node;
  // The mark can be beside a reference to the object.
  const says = (value: unknown): boolean =>
    [asNode(value), read(value)].some((node) => node['x-cs-source'] === 'inferred');
  return {
    ofResponse(status, mediaType = '', example = '') {
      const response = atPointer(document, join(pointer, 'responses', status));
      const media = read(asNode(read(response).content)[mediaType]);
      return [response, media, media.schema, asNode(media.examples)[example]].some(says);
    },
    parameter(parameter) {
      const node = atPointer(document, parameter.pointer);
      return says(node) || says(asNode(read(node)).schema);
    },
  };
}
