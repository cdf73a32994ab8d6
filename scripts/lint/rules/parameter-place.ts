import type { Rule } from '../rule.ts';

/**
 * `style: cookie` is only for cookies, and a whole query string needs a media type.
 * @see https://spec.openapis.org/oas/v3.2.0.html#parameter-object
 */
export const parameterPlace: Rule = () => {
  let isNew = false;
  return {
    Root: ({ openapi }) => {
      isNew = String(openapi).startsWith('3.2');
    },
    Parameter: (parameter, { report, location }) => {
      if (!isNew) return;
      const { in: place, style } = parameter;
      if (style === 'cookie' && place !== 'cookie')
        report({
          message: `\`style: cookie\` is only for cookies, and the parameter is in \`${String(place)}\`.`,
          help: 'Remove `style`, or write `in: cookie`.',
          location: location.child(['style']),
        });
      if (place !== 'querystring') return;
      const field = ['schema', 'style', 'explode', 'allowReserved'].find((name) => Object.hasOwn(parameter, name));
      if (field === undefined && parameter.content !== undefined) return;
      report({
        message: field ? `\`in: querystring\` cannot have \`${field}\`.` : '`in: querystring` has no `content`.',
        help: 'Write `content` with one media type, for example `application/x-www-form-urlencoded`.',
        location: field ? location.child([field]).key() : location.child(['in']),
      });
    },
  };
};
