export type * from './descriptors.ts';
export { JSON_LINES } from './media-types.ts';
export type * from './types.ts';
