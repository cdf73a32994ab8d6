import { isObject } from '../../common/document/pointer.ts';
import type { Rule } from '../rule.ts';

/** An envelope with its code in the body must list the codes that mean success. */
export const envelopeSuccess: Rule = () => ({
  Root: (root, { report, location }) => {
    const envelope = root['x-cs-envelope'];
    if (!isObject(envelope)) return;
    const place = location.child(['x-cs-envelope']);
    if (typeof envelope.code === 'string' && envelope.code !== 'status' && envelope.success === undefined) {
      report({
        message: '`x-cs-envelope` has a `code` in the body but no `success`.',
        help: 'List the codes that mean success, for example `success: [0]`.',
        location: place.child(['code']).key(),
      });
    }
    const successes = Array.isArray(envelope.success) ? envelope.success.map(String) : [];
    for (const code of isObject(envelope.errors) ? Object.keys(envelope.errors) : []) {
      if (!successes.includes(code)) continue;
      report({
        message: `The code ${code} is declared as both success and error.`,
        help: 'Remove the code from `success` or from `errors`.',
        location: place.child(['errors', code]).key(),
      });
    }
  },
});
