/** `countersign/emitter`: what an emitter of one's own is written with. Version 1 of the emitter API. */

export {
  commentText,
  docComment,
  jsonText,
  keyLiteral,
  literal,
  markdownCode,
  markdownText,
  regExpLiteral,
  stringLiteral,
} from '../common/text/literal.ts';
/** Makes identifiers, type names and file names of any text. */
export * as names from '../common/text/names.ts';
export type {
  Api,
  Body,
  Content,
  ExpandedDocument,
  File,
  JsonSchema,
  Operation,
  Parameter,
  Response,
  SecurityScheme,
  SigningVector,
} from '../model/types.ts';
export { defineEmitter, EMITTER_API, type Emitter, type SettingsIssue, type SettingsSchema } from './emitter.ts';
