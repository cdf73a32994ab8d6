import { NAME_MAPS } from '../../model/name-maps.ts';
import { isNode, type Node } from '../../model/reader.ts';
import { harmlessData, harmlessText, harmlessUrl } from './harmless.ts';

const DATA = new Set(['example', 'value', 'default', 'const', 'enum', 'security']);
const TEXTS = new Set(['title', 'summary', 'description']);
const URLS = new Set([
  'url',
  'termsOfService',
  'authorizationUrl',
  'deviceAuthorizationUrl',
  'tokenUrl',
  'refreshUrl',
  'openIdConnectUrl',
  'oauth2MetadataUrl',
]);

/** Additional texts of a copied object. Its extensions are only in the original. */
export type Remark = (original: Node, copy: Node) => Node;

/**
 * A copy of a part of a document that contains only text for Redoc, and nothing that runs, loads or refers to a file.
 * Extensions are removed: those that Redoc supports contain logos, colors, HTML and code.
 */
export function copyDocument(value: unknown, remark: Remark): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => copyDocument(item, remark));
  if (!isNode(value)) return value;
  const copy = Object.entries(value).flatMap(([name, member]): [string, unknown][] =>
    name.startsWith('x-') || isFollowed(name, member) ? [] : [[name, copyMember(name, member, remark)]],
  );
  return remark(value, Object.fromEntries(copy));
}

function copyMember(name: string, member: unknown, remark: Remark): unknown {
  if (typeof member === 'string' && TEXTS.has(name)) return harmlessText(member);
  if (typeof member === 'string' && URLS.has(name)) return harmlessUrl(member);
  if (DATA.has(name) || (name === 'examples' && !isNode(member))) return harmlessData(member);
  if (!NAME_MAPS.has(name) || !isNode(member)) return copyDocument(member, remark);
  return Object.fromEntries(Object.entries(member).map(([key, entry]) => [key, copyDocument(entry, remark)]));
}

/** Redocly reads this value, even from disk. The references of a bundled document stay inside of it. */
const isFollowed = (name: string, member: unknown): boolean =>
  typeof member === 'string' && (name === 'externalValue' || (name === '$ref' && !member.startsWith('#')));
