import type { Response } from './types.ts';

/** The headers that a contract declares for a response. OpenAPI 3.1.1, section 4.8.17: one called Content-Type is ignored. */
export const declaredHeaders = ({ headers }: Response): Response['headers'] =>
  headers.filter(({ name }) => name.toLowerCase() !== 'content-type');
