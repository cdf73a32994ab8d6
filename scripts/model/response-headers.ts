import type { Response } from './types.ts';

/**
 * The headers that a contract declares for a response. A header Content-Type is ignored (OpenAPI 3.1.1, section
 * 4.8.17).
 */
export const declaredHeaders = ({ headers }: Response): Response['headers'] =>
  headers.filter(({ name }) => name.toLowerCase() !== 'content-type');
