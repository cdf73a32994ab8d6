export { type BodyKind, essence, kindOf, matchMediaType } from '../contract/index.ts';
