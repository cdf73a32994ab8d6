import { isObject } from '../../common/document/pointer.ts';
import type { Rule } from '../rule.ts';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
const URLS = ['tokenUrl', 'refreshUrl', 'authorizationUrl', 'deviceAuthorizationUrl'];

/** The problem of a flow's URL; undefined if it can work. */
function flawOf(url: string): string | undefined {
  if (!URL.canParse(url)) return 'is not an absolute URL, so that clients look for it at the API';
  const { protocol, hostname } = new URL(url);
  if (protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname))) return undefined;
  return 'is not https, so that secrets and tokens are sent in plain text';
}

/** The URLs of OAuth flows must be absolute and use TLS (RFC 6749, section 3.2). */
export const oauthFlow: Rule = () => ({
  SecurityScheme: (scheme, { report, location }) => {
    const metadata = scheme.type === 'oauth2' && scheme.oauth2MetadataUrl;
    const flaw = typeof metadata === 'string' ? flawOf(metadata) : undefined;
    if (flaw)
      report({
        message: `The \`oauth2MetadataUrl\` ${flaw}.`,
        help: 'Write the absolute https URL of the metadata of the authorization server.',
        location: location.child(['oauth2MetadataUrl']),
      });
    if (scheme.type !== 'oauth2' || !isObject(scheme.flows)) return;
    for (const [name, flow] of Object.entries(scheme.flows)) {
      if (!isObject(flow)) continue;
      for (const field of URLS) {
        const url = flow[field];
        const flaw = typeof url === 'string' ? flawOf(url) : undefined;
        if (flaw === undefined) continue;
        report({
          message: `The \`${field}\` of the flow \`${name}\` ${flaw}.`,
          help: 'Write the absolute https URL of the authorization server.',
          location: location.child(['flows', name, field]),
        });
      }
    }
  },
});
