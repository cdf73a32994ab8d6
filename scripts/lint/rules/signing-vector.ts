import { isObject } from '../../common/document/pointer.ts';
import { didYouMean } from '../../common/text/nearest.ts';
import type { Rule } from '../rule.ts';

/** Test vectors must use the credentials of the scheme. */
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
          message: `The test vector uses the credential \`${name}\`, which the scheme does not declare.`,
          help: `${didYouMean(name, names)}Add the credential to \`x-cs-signing.credentials\`, or remove it from the vector.`,
          location: location.child(['x-cs-signing', 'vectors', index, 'credentials', name]).key(),
        });
      }
    }
  },
});
