/** `countersign/emitter`: the API for writing your own emitter. Version 1. */

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
/** Makes identifiers, type names and file names from any text. */
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
