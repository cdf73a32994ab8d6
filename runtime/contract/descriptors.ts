// The data about an API in the generated `operations.ts`. The code that uses it is in client/, server/ and signing/.
export type * from './api-descriptors.ts';
export type * from './credential-descriptors.ts';
export type * from './operation-descriptors.ts';
export type * from './page-descriptors.ts';
export type * from './parameter-descriptors.ts';
export type * from './security-descriptors.ts';
export type * from './validator-types.ts';
export type * from './values.ts';
