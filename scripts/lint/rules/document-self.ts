import { isObject } from '../../common/document/pointer.ts';
import type { Rule } from '../rule.ts';

/** `$self` is a URI without a fragment, and names of servers are unique (OpenAPI 3.2, OpenAPI Object and Server Object). */
export const documentSelf: Rule = () => ({
  Root: (root, { report, location }) => {
    const { $self, servers } = root;
    if (typeof $self === 'string' && $self.includes('#'))
      report({
        message: '`$self` has a fragment.',
        help: 'Write the URI of the whole document, without `#`.',
        location: location.child(['$self']),
      });
    const seen = new Map<unknown, number>();
    for (const [place, server] of (Array.isArray(servers) ? servers : []).entries()) {
      if (!isObject(server) || typeof server.name !== 'string') continue;
      const first = seen.get(server.name);
      if (first === undefined) seen.set(server.name, place);
      else
        report({
          message: `Two servers have the name ${JSON.stringify(server.name)}.`,
          help: 'Rename one of them.',
          location: location.child(['servers', place, 'name']),
        });
    }
  },
});
