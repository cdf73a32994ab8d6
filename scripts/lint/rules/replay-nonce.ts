import { isObject } from '../../common/document/pointer.ts';
import type { Rule } from '../rule.ts';

/** A nonce that may be used only once must be sent, and the time for which receivers remember it must be limited. */
export const replayNonce: Rule = () => ({
  SecurityScheme: (scheme, { report, location }) => {
    const signing = scheme['x-cs-signing'];
    if (!isObject(signing) || (signing.replay !== 'nonce' && signing.replay !== 'signature')) return;
    const place = location.child(['x-cs-signing', 'replay']);
    if (signing.replay === 'nonce' && signing.nonce === undefined) {
      report({
        message: 'Replay protection by nonce requires `nonce`, which the scheme does not declare.',
        help: 'Add `nonce` with its `in` and `name`, or write `replay: signature`.',
        location: place,
      });
    }
    // An increasing nonce is compared with the last one, which receivers remember without a time limit.
    const isCounter = signing.replay === 'nonce' && isObject(signing.nonce) && signing.nonce.form === 'counter';
    if (signing.timestamp === undefined && !isCounter) {
      report({
        message: 'Replay protection requires `timestamp`, which the scheme does not declare.',
        help: 'Add `timestamp` with its `tolerance`, or write `replay: none`.',
        location: place,
      });
    }
  },
});
