import { digestOf } from '../common/text/digest-of.ts';
import type { ApiData, ExpandedDocument } from '../model/types.ts';

/** Objects of the document that describe the API as a whole. The model has what generated code needs of them. */
const ABOUT = ['info', 'servers', 'tags', 'externalDocs'] as const;

/**
 * What emitters of code read: the model without the texts about the whole API, which only the README and `openapi.json`
 * show. The document is needed for the targets of references.
 */
export function emittedModel(api: ApiData): Omit<ApiData, 'summary' | 'description'> {
  const { provider, specFile, descriptor, int64, operations, securitySchemes, schemas, document } = api;
  const model = { provider, specFile, descriptor, operations, securitySchemes, schemas };
  return { ...model, ...(int64 !== undefined && { int64 }), document: withoutTexts(document) };
}

function withoutTexts(document: ExpandedDocument): ExpandedDocument {
  const kept: { [name: string]: unknown } = { ...document };
  for (const name of ABOUT) {
    const about = kept[name];
    kept[name] = Array.isArray(about) ? about.map(withoutStrings) : withoutStrings(about);
  }
  return kept as ExpandedDocument;
}

/** A reference may point to any object, also to one in an extension, but not to a string. */
function withoutStrings(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, member]) => typeof member !== 'string'));
}

const digests = new WeakMap<ApiData, string>();

/** A digest of what emitters of code read. */
export function modelDigest(api: ApiData): string {
  const digest = digests.get(api) ?? digestOf(emittedModel(api));
  digests.set(api, digest);
  return digest;
}
