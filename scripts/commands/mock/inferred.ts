import { asNode, atPointer, follow, join } from '../../model/reader.ts';
import type { Api, Operation, Parameter } from '../../model/types.ts';

/** What the console marks: the provider's own document does not say it (`x-cs-source: inferred`). */
export type Inferred = {
  /** The answer, its schema or the example. */
  readonly answer: (status: string, mediaType?: string, example?: string) => boolean;
  readonly parameter: (parameter: Parameter) => boolean;
};

/** What of an operation its provider does not document. */
export function findInferred({ document }: Api, { pointer }: Operation): Inferred {
  const read = (value: unknown) => follow(document, value, '').node;
  // A reference may say it of what it points to.
  const says = (value: unknown): boolean =>
    [asNode(value), read(value)].some((node) => node['x-cs-source'] === 'inferred');
  return {
    answer(status, mediaType = '', example = '') {
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
