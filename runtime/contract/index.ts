export type * from './descriptors.ts';
export { JSON_LINES } from './media-types.ts';
export { parsePointer, toPointer, valueAt, withValueAt } from './pointer.ts';
export type * from './types.ts';
