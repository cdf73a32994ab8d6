import { type Format, textFormat } from '../format.ts';
import { isULabel } from '../punycode.ts';
import { isHostname } from './hosts.ts';

/**
 * Whether a text is an international host name (RFC 5890, 2.3.2.3): labels in any script, separated by any of the four
 * dots.
 */
export function isInternationalHostname(text: string): boolean {
  if (text.length > 253) return false;
  return text.split(/[.。．｡]/u).every((label) => {
    return /^\p{ASCII}*$/u.test(label) ? isHostname(label) : label.length <= 59 && isULabel([...label].map(codePoint));
  });
}

const codePoint = (character: string): number => character.codePointAt(0) ?? 0;

/** `idn-hostname`: an international host name of RFC 5890. */
export const idnHostname: Format<string> = /* @__PURE__ */ textFormat('idn-hostname', isInternationalHostname);
