import { isObject } from '../../common/document/pointer.ts';
import type { Rule } from '../rule.ts';

/** A code in the body needs to be told apart: which codes mean success. */
export const envelopeSuccess: Rule = () => ({
  Root: (root, { report, location }) => {
    const envelope = root['x-cs-envelope'];
    if (!isObject(envelope)) return;
    const place = location.child(['x-cs-envelope']);
    if (typeof envelope.code === 'string' && envelope.code !== 'status' && envelope.success === undefined) {
      report({
        message: 'The code is in the body, and nothing says which codes mean success.',
        help: 'Add `success`, for example `success: [0]`.',
        location: place.child(['code']).key(),
      });
    }
    const successes = Array.isArray(envelope.success) ? envelope.success.map(String) : [];
    for (const code of isObject(envelope.errors) ? Object.keys(envelope.errors) : []) {
      if (!successes.includes(code)) continue;
      report({
        message: `The code ${code} means success and is an error too.`,
        help: 'Remove it from `success` or from `errors`.',
        location: place.child(['errors', code]).key(),
      });
    }
  },
});
