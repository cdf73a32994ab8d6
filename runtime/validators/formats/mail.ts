import { type Format, textFormat } from '../format.ts';
import { isHostname, isIpv4, isIpv6 } from './hosts.ts';
import { isInternationalHostname } from './international.ts';

const ATOMS = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const QUOTED = /^"(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\[\x20-\x7e])*"$/;
const WIDE_ATOMS = /^[^\s\p{Cc}"(),:;<>@[\\\].]+(?:\.[^\s\p{Cc}"(),:;<>@[\\\].]+)*$/u;

/** `email`: a mailbox of RFC 5321, 4.1.2. */
export const email: Format<string> = /* @__PURE__ */ textFormat('email', (text) => {
  return isMailbox(text, (local) => ATOMS.test(local), isHostname);
});

/** `idn-email`: a mailbox of RFC 6531, which allows other scripts. */
export const idnEmail: Format<string> = /* @__PURE__ */ textFormat('idn-email', (text) => {
  return isMailbox(text, (local) => WIDE_ATOMS.test(local), isInternationalHostname);
});

function isMailbox(text: string, isLocal: (local: string) => boolean, isDomain: (domain: string) => boolean): boolean {
  const at = text.lastIndexOf('@');
  if (at < 1 || text.length > 320) return false;
  const local = text.slice(0, at);
  const domain = text.slice(at + 1);
  if (local.length > 64 || !(isLocal(local) || QUOTED.test(local))) return false;
  if (!domain.startsWith('[')) return isDomain(domain);
  if (!domain.endsWith(']')) return false;
  const literal = domain.slice(1, -1);
  return isIpv4(literal) || (/^ipv6:/i.test(literal) && isIpv6(literal.slice(5)));
}
