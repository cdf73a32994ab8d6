/**
 * MD5 (RFC 1321) for engines without Node's implementation. WebCrypto has no MD5. A library would be a tenth of a
 * client's bundle, because it is optimized for speed and has more hashes. Callers sign only one or two lines with it.
 */

const SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];

/** Computes MD5. Every engine without Node's hashing is little-endian, like MD5. @returns 16 bytes */
export function md5(message: Uint8Array): Uint8Array {
  const { length } = message;
  // The padded message: the message, a 1 bit, zeros, and its length in bits as 64 bits, in whole blocks of 16 words.
  const bytes = new Uint8Array(((length + 8) & ~63) + 64);
  bytes.set(message);
  bytes[length] = 128;
  const words = new Uint32Array(bytes.buffer);
  words.set([length << 3, length / 2 ** 29], words.length - 2);
  const state = new Int32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]);
  for (let block = 0; block < words.length; block += 16) {
    let [a = 0, b = 0, c = 0, d = 0] = state;
    for (let step = 0; step < 64; step += 1) {
      const round = step >> 4;
      const mixed = [(b & c) | (~b & d), (b & d) | (c & ~d), b ^ c ^ d, c ^ (b | ~d)][round] as number;
      const word = [step, step * 5 + 1, step * 3 + 5, step * 7][round] as number;
      // The table of section 3.4 contains the first 32 bits of this sine after the point.
      const sine = Math.floor(Math.abs(Math.sin(step + 1)) * 2 ** 32);
      const sum = a + mixed + sine + (words[block + (word & 15)] as number);
      const shift = SHIFTS[round * 4 + (step & 3)] as number;
      [a, b, c, d] = [d, (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0, b, c];
    }
    for (const [index, word] of [a, b, c, d].entries()) state[index] = (state[index] as number) + word;
  }
  return new Uint8Array(state.buffer);
}
