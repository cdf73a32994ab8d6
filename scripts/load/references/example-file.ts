import { isObject } from '../../common/document/pointer.ts';
import type { Shape } from '../shapes.ts';

/** The objects with an example, and its field. */
const FIELDS: { readonly [shape: string]: string } = {
  MediaType: 'example',
  Parameter: 'example',
  Header: 'example',
  Schema: 'example',
  Example: 'value',
};

/**
 * The file of an example that consists of a reference. An example is data, in which OpenAPI has no references. An
 * example that is only the path of an existing file is that file's content for Redocly, Prism and others. References
 * within the document, and URLs, stay data: a document may describe schemas.
 */
export function exampleFile(holder: object, key: string, shape: Shape): string | undefined {
  if (shape.kind !== 'object' || FIELDS[shape.name] !== key) return undefined;
  const example = (holder as { readonly [key: string]: unknown })[key];
  if (!isObject(example) || Object.keys(example).join() !== '$ref') return undefined;
  const { $ref } = example;
  return typeof $ref === 'string' && /^(?!#|[a-z][a-z\d+.-]*:|\/\/).*\.(json|ya?ml)(#|$)/i.test($ref)
    ? $ref
    : undefined;
}
