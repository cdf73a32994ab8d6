import { type Format, textFormat } from '../format.ts';

const LITERALS = /^(?:[^\p{Cc}\x20"'%<>\\^`{|}]|%[0-9a-f]{2})*$/iu;
const EXPRESSION = /^[+#./;?&=,!@|]?(?:VARIABLE)(?:,(?:VARIABLE))*$/.source.replaceAll(
  'VARIABLE',
  '(?:[a-z0-9_]|%[0-9a-f]{2})(?:\\.?(?:[a-z0-9_]|%[0-9a-f]{2}))*(?::[1-9]\\d{0,3}|\\*)?',
);
const IS_EXPRESSION = new RegExp(EXPRESSION, 'i');

/** `uri-template`: a URI template of RFC 6570. */
export const uriTemplate: Format<string> = /* @__PURE__ */ textFormat('uri-template', (text) => {
  return text.split('{').every((part, index) => {
    if (index === 0) return LITERALS.test(part);
    const end = part.indexOf('}');
    return end > 0 && IS_EXPRESSION.test(part.slice(0, end)) && LITERALS.test(part.slice(end + 1));
  });
});
