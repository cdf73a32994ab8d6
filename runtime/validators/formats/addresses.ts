import { type Format, textFormat } from '../format.ts';
import { isIpv6 } from './hosts.ts';

/** Splits any text into the parts of a URI (RFC 3986, appendix B). The characters of the parts are checked below. */
const PARTS = /^(?:([^:/?#]+):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;
const SCHEME = /^[a-z][a-z0-9+.-]*$/i;
const AUTHORITY = /^(?:([^@]*)@)?(\[[^\]]*\]|[^:]*)(?::(\d*))?$/;

type Alphabet = {
  readonly path: RegExp;
  readonly query: RegExp;
  readonly fragment: RegExp;
  readonly user: RegExp;
  readonly host: RegExp;
};

/**
 * The allowed characters of each part: unreserved characters, sub-delimiters, escapes, and those that only the part
 * allows.
 */
function alphabet(wide: string, wideQuery: string): Alphabet {
  const part = (more: string) => new RegExp(`^(?:[a-z0-9\\-._~!$&'()*+,;=${more}]|%[0-9a-f]{2})*$`, 'iu');
  return {
    path: part(`:@/${wide}`),
    query: part(`:@/?${wideQuery}`),
    fragment: part(`:@/?${wide}`),
    user: part(`:${wide}`),
    host: part(wide),
  };
}

/** `ucschar` and `iprivate` of RFC 3987, without the non-characters at the end of each plane. */
const UCS = `\\u{a0}-\\u{d7ff}\\u{f900}-\\u{fdcf}\\u{fdf0}-\\u{ffef}${Array.from({ length: 14 }, (_, plane) => {
  const start = ((plane + 1) << 16).toString(16);
  return `\\u{${start}}-\\u{${(((plane + 1) << 16) + 0xfffd).toString(16)}}`;
}).join('')}`;
const PRIVATE = '\\u{e000}-\\u{f8ff}\\u{f0000}-\\u{ffffd}\\u{100000}-\\u{10fffd}';

let narrow: Alphabet | undefined;
let wide: Alphabet | undefined;
const forUri = (): Alphabet => (narrow ??= alphabet('', ''));
const forIri = (): Alphabet => (wide ??= alphabet(UCS, UCS + PRIVATE));

function isReference(text: string, allowed: Alphabet, needsScheme: boolean): boolean {
  const match = PARTS.exec(text);
  if (match === null) return false;
  const [, scheme, authority, path = '', query = '', fragment = ''] = match;
  if (scheme === undefined ? needsScheme : !SCHEME.test(scheme)) return false;
  if (!allowed.path.test(path) || !allowed.query.test(query) || !allowed.fragment.test(fragment)) return false;
  if (authority !== undefined) return (path === '' || path.startsWith('/')) && isAuthority(authority, allowed);
  // RFC 3986, 4.2: a first segment with a colon would be read as a scheme.
  return !path.startsWith('//') && (scheme !== undefined || !(path.split('/', 1)[0] ?? '').includes(':'));
}

function isAuthority(text: string, allowed: Alphabet): boolean {
  const match = AUTHORITY.exec(text);
  if (match === null) return false;
  const [, user = '', host = ''] = match;
  if (!allowed.user.test(user)) return false;
  if (!host.startsWith('[')) return allowed.host.test(host);
  const literal = host.slice(1, -1);
  return isIpv6(literal) || /^v[0-9a-f]+\.[a-z0-9\-._~!$&'()*+,;=:]+$/i.test(literal);
}

/** `uri`: a URI of RFC 3986. */
export const uri: Format<string> = /* @__PURE__ */ textFormat('uri', (text) => isReference(text, forUri(), true));
/** `uri-reference`: a URI reference of RFC 3986. */
export const uriReference: Format<string> = /* @__PURE__ */ textFormat('uri-reference', (text) => {
  return isReference(text, forUri(), false);
});
/** `iri`: an IRI of RFC 3987. */
export const iri: Format<string> = /* @__PURE__ */ textFormat('iri', (text) => isReference(text, forIri(), true));
/** `iri-reference`: an IRI reference of RFC 3987. */
export const iriReference: Format<string> = /* @__PURE__ */ textFormat('iri-reference', (text) => {
  return isReference(text, forIri(), false);
});
