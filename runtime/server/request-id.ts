import type { Incoming } from './incoming.ts';

/** An id that is safe in a log, a header and a URL. */
const SAFE = /^[A-Za-z0-9._:/+=@-]{1,128}$/;

/** Random bytes for ids. They are read in one block, because each reading takes longer than an id. */
const random = new Uint8Array(4096);
let used = random.length;

const DIGITS = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
/** The characters of the last id. The version of the UUID (RFC 9562) and its hyphens do not change. */
const characters = Array.from('00000000-0000-4000-8000-000000000000', (sign) => sign.charCodeAt(0));
const [VERSION, VARIANT] = [14, 19];
/** The position of the first digit of each byte. */
const POSITIONS = [0, 2, 4, 6, 9, 11, VERSION, 16, VARIANT, 21, 24, 26, 28, 30, 32, 34];

/** A random UUID like that of `crypto.randomUUID`, which takes twice as long. */
function makeId(): string {
  if (used === random.length) {
    crypto.getRandomValues(random);
    used = 0;
  }
  for (const at of POSITIONS) {
    const byte = random[used] as number;
    used += 1;
    if (at !== VERSION) characters[at] = DIGITS[at === VARIANT ? 8 | (byte >> 6) : byte >> 4] as number;
    characters[at + 1] = DIGITS[byte & 15] as number;
  }
  return String.fromCharCode(...characters);
}

/** Returns the caller's id if it is safe, otherwise a new id. */
export function requestIdOf(incoming: Incoming, header: string): string {
  const given = incoming.header(header);
  return given !== null && SAFE.test(given) ? given : makeId();
}
