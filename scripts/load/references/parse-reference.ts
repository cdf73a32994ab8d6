import { pointerTokens } from '../../common/document/pointer.ts';
import { decode, isUrl } from './resolve-uri.ts';

/** A parsed reference. */
export type ParsedReference =
  /** `uri`: a relative path, empty for the same file; or a URL of an allowed host. */
  | { readonly kind: 'file'; readonly uri: string; readonly tokens: readonly string[] }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string; readonly help: string };

/**
 * Parses a `$ref`, and rejects anything except a relative path, JSON Pointer or URL of an allowed host. Opens nothing.
 */
export function parseReference(ref: string, allowHosts: readonly string[]): ParsedReference {
  const hash = ref.indexOf('#');
  const uri = decode(hash === -1 ? ref : ref.slice(0, hash));
  const fragment = decode(hash === -1 ? '' : ref.slice(hash + 1));
  if (uri === undefined || fragment === undefined || /\p{Cc}|^ | $/u.test(uri)) {
    return refused(
      'ref-syntax',
      'The `$ref` is not a valid reference.',
      'Write `file.yaml#/path/to/it` or `#/path/to/it`.',
    );
  }
  const isAbsolute = /^[a-z][a-z0-9+.-]*:/i.test(uri) || uri.startsWith('//');
  if (isAbsolute && !isAllowed(uri, allowHosts)) {
    return refused(
      'ref-remote',
      'The `$ref` is a URL. Countersign does not fetch it: the host is not in `allowHosts`.',
      `Save the file beside the document and use a relative path${isUrl(uri) ? ', or add the host to `allowHosts`' : ''}.`,
    );
  }
  if (uri.startsWith('/') || uri.includes('\\')) {
    return refused(
      'ref-outside',
      'The `$ref` is an absolute path.',
      'Write a path with `/` relative to this file, inside the folder of the root document.',
    );
  }
  if (fragment !== '' && !fragment.startsWith('/')) {
    return refused(
      'ref-anchor',
      'The `$ref` is an anchor, which is not supported.',
      'Write a JSON Pointer, for example `#/components/schemas/Name`.',
    );
  }
  return { kind: 'file', uri, tokens: pointerTokens(fragment) };
}

/** Whether a file may be fetched: over HTTP, from an allowed host. */
export function isAllowed(uri: string, allowHosts: readonly string[]): boolean {
  return isUrl(uri) && URL.canParse(uri) && allowHosts.includes(new URL(uri).hostname);
}

function refused(code: string, message: string, help: string): ParsedReference {
  return { kind: 'refused', code, message, help };
}
