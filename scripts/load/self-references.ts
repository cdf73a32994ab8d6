import path from 'node:path';
import { isAllowed, parseReference } from './references/parse-reference.ts';
import { displayPath } from './references/read-file.ts';
import { isUrl } from './references/resolve-uri.ts';
import { resolveUri, type SelfClaims } from './self-claims.ts';
import type { SourceFile } from './types.ts';

/** Why a reference cannot be used. */
export type Refusal = readonly [code: string, message: string, help: string];

/**
 * The target of a reference by `$self`, as a reference by path or `#/…`, or why it has none. Undefined for any other
 * reference.
 */
export type LocalReference = (ref: string, from: SourceFile) => string | Refusal | undefined;

/**
 * Resolves references by `$self` to references that all later code supports: to the document itself as `#/…`, to another
 * file as its path, to a fetched file as its URL. Nothing is fetched.
 * @see https://spec.openapis.org/oas/v3.2.0.html#establishing-the-base-uri
 */
export function selfReferences(claims: SelfClaims, allowHosts: readonly string[]): LocalReference {
  // References are followed again after a fetch: a path that replaced a URI is not a URI itself.
  const resolved = new Map<SourceFile, Set<string>>();
  const keep = (from: SourceFile, ref: string): string => {
    resolved.set(from, (resolved.get(from) ?? new Set()).add(ref));
    return ref;
  };
  return (ref, from) => {
    if (ref.startsWith('#') || resolved.get(from)?.has(ref)) return undefined;
    const [address = '', fragment = ''] = ref.split('#', 2);
    const base = claims.baseOf(from);
    const target = resolveUri(address, base);
    if (target === undefined) return undefined;
    if (target === base) return `#${fragment}`;
    const isFetched = isUrl(from.path);
    // A fetched file cannot refer to files of this machine.
    const owners = claims.find(target).filter((owner) => !isFetched || isUrl(owner));
    if (owners.length > 1) return ambiguous(target, owners);
    const [owner] = owners;
    if (owner === from.path) return `#${fragment}`;
    if (owner !== undefined) return keep(from, `${isUrl(owner) ? owner : pathTo(owner, from)}#${fragment}`);
    if (!isFetched) return isRemote(ref, allowHosts) ? unclaimed(target, claims) : undefined;
    // The base of a fetched file is its `$self`, unless its host is not allowed: then it is the URL of the file.
    const isElsewhere = target !== resolveUri(address, from.path) && isAllowed(target, allowHosts);
    return isElsewhere ? keep(from, `${target}#${fragment}`) : undefined;
  };
}

const pathTo = (target: string, { path: from }: SourceFile): string =>
  path.relative(path.dirname(from), target).split(path.sep).map(encodeURIComponent).join('/');

function isRemote(ref: string, allowHosts: readonly string[]): boolean {
  const parsed = parseReference(ref, allowHosts);
  return parsed.kind === 'refused' && parsed.code === 'ref-remote';
}

const ambiguous = (uri: string, owners: readonly string[]): Refusal => [
  'ref-self',
  `The \`$ref\` is ambiguous: ${owners.map((owner) => (isUrl(owner) ? owner : displayPath(owner))).join(' and ')} have the same \`$self\`, ${JSON.stringify(uri)}.`,
  'Give each file its own `$self`, or write the path of the file instead of the URI.',
];

const unclaimed = (uri: string, { place }: SelfClaims): Refusal => [
  'ref-remote',
  `No file in ${place} has the \`$self\` ${JSON.stringify(uri)}, and Countersign does not fetch it: the host is not in \`allowHosts\`.`,
  `Write this \`$self\` in the file that you mean, save the file beside the document and use a relative path${isUrl(uri) ? ', or add the host to `allowHosts`' : ''}.`,
];
