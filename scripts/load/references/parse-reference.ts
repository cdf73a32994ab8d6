import { pointerTokens } from '../../common/document/pointer.ts';
import { decode, isUrl } from './resolve-uri.ts';

/** A reference, read. */
export type ParsedReference =
  /** `uri`: a relative path, empty for the same file; or a URL of an allowed host. */
  | { readonly kind: 'file'; readonly uri: string; readonly tokens: readonly string[] }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string; readonly help: string };

/** Takes a `$ref` apart, and refuses what is no relative path, JSON Pointer or URL of an allowed host. Opens nothing. */
export function parseReference(ref: string, allowHosts: readonly string[]): ParsedReference {
  const hash = ref.indexOf('#');
  const uri = decode(hash === -1 ? ref : ref.slice(0, hash));
  const fragment = decode(hash === -1 ? '' : ref.slice(hash + 1));
  if (uri === undefined || fragment === undefined || /\p{Cc}|^ | $/u.test(uri)) {
    return refused(
      'ref-syntax',
      'This `$ref` is no valid reference.',
      'Write `file.yaml#/path/to/it` or `#/path/to/it`.',
    );
  }
  const isAbsolute = /^[a-z][a-z0-9+.-]*:/i.test(uri) || uri.startsWith('//');
  if (isAbsolute && !isAllowed(uri, allowHosts)) {
    return refused(
      'ref-remote',
      'A `$ref` to a URL. No connection is made, and no other scheme is followed, while generating.',
      `Save the file beside the document and refer to it by a relative path${isUrl(uri) ? ', or name its host in `allowHosts`' : ''}.`,
    );
  }
  if (uri.startsWith('/') || uri.includes('\\')) {
    return refused(
      'ref-outside',
      'A `$ref` to an absolute path.',
      'Write a path relative to this file, with `/`, inside the folder of the root document.',
    );
  }
  if (fragment !== '' && !fragment.startsWith('/')) {
    return refused(
      'ref-anchor',
      'A `$ref` to an anchor.',
      'Write a JSON Pointer, for example `#/components/schemas/Name`.',
    );
  }
  return { kind: 'file', uri, tokens: pointerTokens(fragment) };
}

/** Whether a file may be fetched: over HTTP, from a host that is named. */
export function isAllowed(uri: string, allowHosts: readonly string[]): boolean {
  return isUrl(uri) && URL.canParse(uri) && allowHosts.includes(new URL(uri).hostname);
}

function refused(code: string, message: string, help: string): ParsedReference {
  return { kind: 'refused', code, message, help };
}
