/**
 * Words per slot: two for the hash, one for the expiry, and one unused, so that a slot does not cross a cache line of
 * the processor.
 */
const WORDS = 4;
/** Number of slots in an empty table. */
const FEWEST = 1024;
/**
 * Number of slots in which a key may be stored. Other keys are in a map, so a sender who chooses keys cannot make the
 * search longer.
 */
const REACH = 64;
const LATEST = 0xffffffff;

/** Writes 64 bits of the hash of a key into `words`. */
type Hash = (key: string, seeds: Uint32Array, words: Uint32Array) => void;

/**
 * Stores keys with the second in which each expires. A key of any length takes 32 to 64 bytes, and no object for the
 * garbage collector. A `Map` takes three times as long.
 *
 * Keys are compared by 64 bits of their hash (MurmurHash3 with two random seeds). The probability that a new key has
 * the same hash as one of a million others is 1 in 10^13.
 */
export class KeyTable {
  #slots = new Uint32Array(FEWEST * WORDS);
  /** Number of slots that are not empty, including slots whose key has expired. */
  #taken = 0;
  /** Keys that do not fit into their slots, by 53 bits of the hash. */
  readonly #others = new Map<number, number>();
  readonly #seeds = crypto.getRandomValues(new Uint32Array(2));
  readonly #hash: Hash;
  /** The hash of the current key. */
  readonly #words = new Uint32Array(2);

  constructor(hashOf: Hash = hash) {
    this.#hash = hashOf;
  }

  /** Number of keys, including keys that have expired since the last sweep. */
  get size(): number {
    return this.#taken + this.#others.size;
  }

  /**
   * Adds a key until `expiry`, in whole seconds above 0. Returns false if the key exists and has not expired at `now`.
   */
  add(key: string, expiry: number, now: number): boolean {
    if (this.#taken * WORDS * 2 >= this.#slots.length) this.sweep(now);
    const words = this.#words;
    this.#hash(key, this.#seeds, words);
    return this.#put(words[0] as number, words[1] as number, Math.min(expiry, LATEST), now);
  }

  /** Removes the keys that have expired at `now`. */
  sweep(now: number): void {
    const old = this.#slots;
    let kept = 0;
    for (let at = 2; at < old.length; at += WORDS) if ((old[at] as number) > now) kept += 1;
    let slots = FEWEST;
    while (slots < kept * 4) slots *= 2;
    this.#slots = new Uint32Array(slots * WORDS);
    this.#taken = 0;
    for (const [other, expiry] of this.#others) if (expiry <= now) this.#others.delete(other);
    for (let at = 0; at < old.length; at += WORDS) {
      const expiry = old[at + 2] as number;
      if (expiry > now) this.#put(old[at] as number, old[at + 1] as number, expiry, now);
    }
  }

  #put(high: number, low: number, expiry: number, now: number): boolean {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let free = -1;
    let isNew = false;
    for (let step = 0; step < REACH && !isNew; step += 1) {
      const at = ((low + step) * WORDS) & mask;
      const known = slots[at + 2] as number;
      isNew = known === 0;
      if (known <= now) {
        if (free < 0) free = at;
        // A key that has expired may be in several slots.
      } else if (slots[at] === high && slots[at + 1] === low) return false;
    }
    const other = high * 0x200000 + (low >>> 11);
    if (this.#others.size > 0 && (this.#others.get(other) ?? 0) > now) return false;
    if (free < 0) {
      this.#others.set(other, expiry);
      return true;
    }
    if (slots[free + 2] === 0) this.#taken += 1;
    slots[free] = high;
    slots[free + 1] = low;
    slots[free + 2] = expiry;
    return true;
  }
}

const encoder = new TextEncoder();
/** Has room for the keys of the replay store. A longer key is hashed by its code units. */
const bytes = new Uint8Array(256);
const fours = new Uint32Array(bytes.buffer);

/**
 * Computes MurmurHash3 (x86, 32 bits) once for each seed: of the bytes of an ASCII text, otherwise of its code units. A text
 * that is not ASCII may have no bytes in UTF-8 that identify it.
 */
function hash(text: string, seeds: Uint32Array, words: Uint32Array): void {
  const { length } = text;
  const { read, written } = encoder.encodeInto(text, bytes);
  // Bytes of a text that is not ASCII can fill the room before its end.
  const isAscii = read === length && written === length;
  const rest = length & 3;
  // Bytes of an earlier key follow the text.
  if (isAscii && rest > 0) fours[length >> 2] = (fours[length >> 2] as number) & ((1 << (rest * 8)) - 1);
  const blocks = isAscii ? fours : unitsOf(text);
  const count = isAscii ? (length + 3) >> 2 : blocks.length;
  let one = seeds[0] as number;
  let two = seeds[1] as number;
  for (let at = 0; at < count; at += 1) {
    let word = Math.imul(blocks[at] as number, 0xcc9e2d51);
    word = Math.imul((word << 15) | (word >>> 17), 0x1b873593);
    one ^= word;
    one = (Math.imul((one << 13) | (one >>> 19), 5) + 0xe6546b64) | 0;
    two ^= word;
    two = (Math.imul((two << 13) | (two >>> 19), 5) + 0xe6546b64) | 0;
  }
  // With the length, a missing half differs from a unit of 0.
  words[0] = finish(one ^ length);
  words[1] = finish(two ^ length);
}

/** The UTF-16 code units of a text, two in each word. */
function unitsOf(text: string): Uint32Array {
  const units = new Uint32Array((text.length + 1) >> 1);
  for (let at = 0; at < text.length; at += 1)
    units[at >> 1] = (units[at >> 1] as number) | (text.charCodeAt(at) << ((at & 1) * 16));
  return units;
}

function finish(given: number): number {
  let state = Math.imul(given ^ (given >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return state ^ (state >>> 16);
}
