import type { Rule } from '../rule.ts';

/** The Redocly types that each extension is allowed on. `x-cs-source` is allowed anywhere. */
const places: { readonly [name: string]: { readonly types: readonly string[]; readonly words: string } } = {
  'x-cs-signing': { types: ['SecurityScheme'], words: 'a security scheme' },
  'x-cs-credential': { types: ['SecurityScheme'], words: 'a security scheme' },
  'x-cs-session': { types: ['SecurityScheme'], words: 'a security scheme' },
  'x-cs-envelope': { types: ['Root', 'Operation'], words: 'the document or an operation' },
  'x-cs-dispatch': { types: ['PathItem'], words: 'a path item' },
  'x-cs-unhandled': { types: ['PathItem'], words: 'a path item' },
  'x-cs-retry': { types: ['Operation'], words: 'an operation' },
  'x-cs-delivery': { types: ['Operation'], words: 'an operation' },
  'x-cs-timeout': { types: ['Root', 'Operation'], words: 'the document or an operation' },
  'x-cs-mock': { types: ['Operation'], words: 'an operation' },
  'x-cs-batch': { types: ['Operation'], words: 'an operation' },
  'x-cs-page': { types: ['Operation'], words: 'an operation' },
};

/** An `x-cs-*` extension at a place where it has no meaning. */
export const extensionPlace: Rule = () => ({
  any: (node, { report, location, type }) => {
    if (type.extensionsPrefix === undefined) return;
    for (const name of Object.keys(node)) {
      const place = Object.hasOwn(places, name) ? places[name] : undefined;
      if (!place || place.types.includes(type.name)) continue;
      report({
        message: `\`${name}\` is not allowed here.`,
        help: `Move it to ${place.words}.`,
        location: location.child([name]).key(),
      });
    }
  },
});
