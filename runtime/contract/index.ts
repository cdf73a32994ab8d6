export type { ByteStream, Bytes, PartOf, PartOptions, ServerSentEvent } from './body-types.ts';
export { type ConditionPlace, describeCondition, exclude, fixedQuery, placeOf } from './condition.ts';
export { credentialsIn } from './credentials.ts';
export type * from './descriptors.ts';
export { type BodyKind, essence, JSON_LINES, kindOf, matchMediaType } from './media-types.ts';
export { own, setOwn } from './own.ts';
export { parsePointer, toPointer, valueAt, withValueAt } from './pointer.ts';
export type * from './recipe.ts';
export type * from './types.ts';
