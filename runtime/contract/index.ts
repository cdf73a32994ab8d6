export type * from './descriptors.ts';
export type * from './types.ts';
