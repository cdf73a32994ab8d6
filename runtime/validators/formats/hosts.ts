import { type Format, textFormat } from '../format.ts';
import { isPunycodeLabel } from '../punycode.ts';

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;
const GROUP = /^[0-9a-f]{1,4}$/i;

/** Whether a text is a host name (RFC 1123, 2.1). Labels that start with `xn--` follow the rules of RFC 5891. */
export function isHostname(text: string): boolean {
  return text.length <= 253 && text.split('.').every(isLabel);
}

function isLabel(label: string): boolean {
  if (!LABEL.test(label)) return false;
  // Two hyphens at this position are reserved for encodings (RFC 5891, 4.2.3.1).
  return label.slice(2, 4) !== '--' || isPunycodeLabel(label);
}

/** Whether a text is an IPv4 address in dotted-quad form (RFC 2673). */
export function isIpv4(text: string): boolean {
  return IPV4.test(text);
}

/**
 * Whether a text is an IPv6 address (RFC 4291, 2.2): eight groups, of which the last two may be IPv4 and one run of
 * zero groups may be `::`.
 */
export function isIpv6(text: string): boolean {
  if (text.length > 45) return false;
  const halves = text.split('::');
  if (halves.length > 2) return false;
  let groups = 0;
  for (const [index, half] of halves.entries()) {
    if (half === '') continue;
    const parts = half.split(':');
    const last = index === halves.length - 1 ? parts.length - 1 : -1;
    for (const [position, part] of parts.entries()) {
      if (GROUP.test(part)) groups += 1;
      else if (position === last && isIpv4(part)) groups += 2;
      else return false;
    }
  }
  return halves.length === 2 ? groups <= 7 : groups === 8;
}

/** `hostname`: a host name of RFC 1123. */
export const hostname: Format<string> = /* @__PURE__ */ textFormat('hostname', isHostname);
/** `ipv4`: an IPv4 address in dotted-quad form. */
export const ipv4: Format<string> = /* @__PURE__ */ textFormat('ipv4', isIpv4);
/** `ipv6`: an IPv6 address of RFC 4291. */
export const ipv6: Format<string> = /* @__PURE__ */ textFormat('ipv6', isIpv6);
