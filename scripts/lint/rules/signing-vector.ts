import { isObject } from '../../common/document/pointer.ts';
import { didYouMean } from '../../common/text/nearest.ts';
import type { Rule } from '../rule.ts';

/** Test vectors use the credentials that the scheme has. */
export const signingVector: Rule = () => ({
  SecurityScheme: (scheme, { report, location }) => {
    const signing = scheme['x-cs-signing'];
    if (!isObject(signing) || !Array.isArray(signing.vectors)) return;
    const names = isObject(signing.credentials) ? Object.keys(signing.credentials) : [];
    for (const [index, vector] of signing.vectors.entries()) {
      if (!isObject(vector) || !isObject(vector.credentials)) continue;
      for (const name of Object.keys(vector.credentials)) {
        if (names.includes(name)) continue;
        report({
          message: `The vector has a credential \`${name}\` that the scheme does not have.`,
          help: `${didYouMean(name, names)}Add it under \`credentials\` of x-cs-signing, or remove it here.`,
          location: location.child(['x-cs-signing', 'vectors', index, 'credentials', name]).key(),
        });
      }
    }
  },
});
