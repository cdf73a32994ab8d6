/** The parts of `@redocly/openapi-core` that the linter and the bundler use. */
const NAMES = [
  'BaseResolver',
  'ResolveError',
  'Source',
  'bundleDocument',
  'createConfig',
  'detectSpec',
  'getMajorSpecVersion',
  'getTypes',
  'lintDocument',
  'normalizeTypes',
  'normalizeVisitors',
  'walkDocument',
] as const satisfies readonly (keyof typeof import('@redocly/openapi-core'))[];

/** The same as a type. */
export type Redocly = Pick<typeof import('@redocly/openapi-core'), (typeof NAMES)[number]>;

/** A module that a bundler can follow: Redocly has 700 modules with its dependencies. */
export const REDOCLY_ENTRY = `
import { ${NAMES.join(', ')} } from '@redocly/openapi-core';
export const importRedocly = async () => ({ ${NAMES.join(', ')} });
`;
