// A link is a target with parameters. A quoted value may contain commas and semicolons (RFC 8288, section 3).
const LINK = /<([^>]*)>((?:\s*;\s*[^\s=;,]+(?:\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s;,"]*))?)*)/g;
const PARAMETER = /;\s*([^\s=;,]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?/g;

/** The target of the first link with a relation type in the value of a `Link` header. */
export function linkOf(header: string, rel: string): string | undefined {
  for (const [, target, parameters = ''] of header.matchAll(LINK)) {
    // The first `rel` of a link counts (section 3.3). It may name several relation types and is case-insensitive.
    for (const [, name = '', quoted, plain = ''] of parameters.matchAll(PARAMETER)) {
      if (name.toLowerCase() !== 'rel') continue;
      if ((quoted ?? plain).toLowerCase().split(/\s+/).includes(rel.toLowerCase())) return target;
      break;
    }
  }
  return undefined;
}
