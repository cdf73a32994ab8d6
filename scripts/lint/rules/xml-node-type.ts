import type { Rule } from '../rule.ts';

/**
 * `nodeType` replaces `attribute` and `wrapped`.
 * @see https://spec.openapis.org/oas/v3.2.0.html#xml-object
 */
export const xmlNodeType: Rule = () => ({
  Xml: (xml, { report, location }) => {
    if (xml.nodeType === undefined) return;
    for (const field of ['attribute', 'wrapped'])
      if (Object.hasOwn(xml, field))
        report({
          message: `\`${field}\` is beside \`nodeType\`, which replaces it.`,
          help: `Remove \`${field}\`.`,
          location: location.child([field]).key(),
        });
  },
});
