import { pointerTokens } from '../pointer.ts';

export type ParsedReference =
  | {
      readonly kind: 'file' /** Relative path; empty for the same file. */;
      readonly uri: string;
      readonly tokens: readonly string[];
    }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string; readonly help: string };

/** Takes a `$ref` apart, and refuses what is neither a relative path nor a JSON Pointer. Opens nothing. */
export function parseReference(ref: string, allowHosts: readonly string[]): ParsedReference {
  const hash = ref.indexOf('#');
  const uri = decode(hash === -1 ? ref : ref.slice(0, hash));
  const fragment = decode(hash === -1 ? '' : ref.slice(hash + 1));
  if (uri === undefined || fragment === undefined || /\p{Cc}/u.test(uri)) {
    return refused(
      'ref-syntax',
      'This `$ref` is no valid reference.',
      'Write `file.yaml#/path/to/it` or `#/path/to/it`.',
    );
  }
  if (/^[a-z][a-z0-9+.-]*:/i.test(uri) || uri.startsWith('//')) return refuseUrl(uri, allowHosts);
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

function refuseUrl(uri: string, allowHosts: readonly string[]): ParsedReference {
  const url = URL.canParse(uri) ? new URL(uri) : undefined;
  if (url && (url.protocol === 'https:' || url.protocol === 'http:') && allowHosts.includes(url.hostname)) {
    return refused(
      'ref-remote',
      'A `$ref` to another host. The host is allowed, but nothing is fetched while generating.',
      'Save the file beside the document and refer to the copy.',
    );
  }
  return refused(
    'ref-remote',
    'A `$ref` to a URL. No connection is made, and no other scheme is followed, while generating.',
    'Save the file beside the document and refer to it by a relative path.',
  );
}

function decode(text: string): string | undefined {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function refused(code: string, message: string, help: string): ParsedReference {
  return { kind: 'refused', code, message, help };
}
