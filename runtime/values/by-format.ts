import type { Random } from './types.ts';

const hex = (count: number, random: Random): string =>
  Array.from({ length: count }, () => Math.floor(random() * 16).toString(16)).join('');
const two = (number: number): string => String(number).padStart(2, '0');
const pick = <T>(list: readonly T[], random: Random): T => list[Math.floor(random() * list.length)] as T;

const NAMES = ['ada', 'grace', 'alan', 'edsger', 'barbara', 'donald', 'katherine', 'linus'];

const date = (random: Random): string =>
  `2026-${two(1 + Math.floor(random() * 12))}-${two(1 + Math.floor(random() * 28))}`;
const time = (random: Random): string =>
  `${two(8 + Math.floor(random() * 10))}:${two(Math.floor(random() * 60))}:${two(Math.floor(random() * 60))}`;
const host = (random: Random): string => `${pick(NAMES, random)}.example.com`;

/** Plausible texts by format. Some have several, because a pattern may need one of them. */
const FORMATS: Readonly<Record<string, (random: Random) => readonly string[]>> = {
  'date-time': (random) => {
    const at = `${date(random)}T${time(random)}`;
    return [`${at}Z`, `${at}.000Z`, `${at}+00:00`, `${at}.123456Z`, `${at}-05:00`];
  },
  'YYYY-MM-DD HH:mm:ss': (random) => [`${date(random)} ${time(random)}`],
  date: (random) => [date(random)],
  time: (random) => [`${time(random)}Z`, `${time(random)}+00:00`, `${time(random)}.000Z`],
  duration: () => ['P1D', 'PT1H', 'PT30M', 'P1Y2M3DT4H5M6S', 'P2W'],
  email: (random) => [`${pick(NAMES, random)}@example.com`],
  'idn-email': (random) => [`${pick(NAMES, random)}@example.com`],
  hostname: (random) => [host(random)],
  'idn-hostname': (random) => [host(random)],
  ipv4: (random) => [`192.0.2.${1 + Math.floor(random() * 254)}`],
  ipv6: (random) => [`2001:db8::${1 + Math.floor(random() * 8999)}`],
  uri: (random) => [`https://${host(random)}/`, `https://${host(random)}/path`, `http://${host(random)}/`],
  url: (random) => [`https://${host(random)}/`, `http://${host(random)}/`],
  iri: (random) => [`https://${host(random)}/`],
  'uri-reference': (random) => [`/items/${1 + Math.floor(random() * 99)}`, `https://${host(random)}/`],
  'iri-reference': (random) => [`/items/${1 + Math.floor(random() * 99)}`],
  'uri-template': () => ['/items/{id}'],
  uuid: (random) => [
    `${hex(8, random)}-${hex(4, random)}-4${hex(3, random)}-${pick(['8', '9', 'a', 'b'], random)}${hex(3, random)}-${hex(12, random)}`,
  ],
  'json-pointer': () => ['/items/0'],
  'relative-json-pointer': () => ['0'],
  regex: () => ['^[a-z]+$'],
  byte: () => ['aGVsbG8='],
  base64: () => ['aGVsbG8='],
  base64url: () => ['aGVsbG8'],
  password: () => ['correct-horse-1'],
  char: () => ['a'],
};

/** Texts of a format, the most plausible first. Empty for a format that does not restrict its texts. */
export const textsOfFormat = (format: unknown, random: Random): readonly string[] =>
  typeof format === 'string' && Object.hasOwn(FORMATS, format) ? (FORMATS[format]?.(random) ?? []) : [];

export { NAMES, pick };
