import type { ParameterDescriptor } from './descriptors.ts';

/**
 * Whether a parameter has the default style of its location: `form` with `explode` in a query, `simple` without it in a
 * path or a header. Clients serialize such parameters without the feature `styles`.
 */
export const isPlainParameter = (parameter: ParameterDescriptor): boolean =>
  parameter.style === (parameter.explode ? 'form' : 'simple') &&
  parameter.in !== 'cookie' &&
  !parameter.content &&
  !parameter.allowReserved;
