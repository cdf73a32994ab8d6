/** Words of a slot: two of a hash, the expiry, and one so that a slot does not cross a line of the processor's cache. */
const WORDS = 4;
/** Slots of an empty table. */
const FEWEST = 1024;
/** Slots in which a key may be. The others are in a map: a sender who chooses keys cannot make the search longer. */
const REACH = 64;
const LATEST = 0xffffffff;

/** Writes 64 bits of the hash of a key into `words`. */
type Hash = (key: string, seeds: Uint32Array, words: Uint32Array) => void;

/**
 * Keys and the second in which each expires, in 32 to 64 bytes for a key of any length and without an object for the garbage
 * collector. A `Map` takes three times as long.
 *
 * A key is known by 64 bits of its hash (MurmurHash3 with two random seeds). That a new key among a million others has the
 * hash of one of them happens once in 10^13 times.
 */
export class KeyTable {
  #slots = new Uint32Array(FEWEST * WORDS);
  /** Slots that are not empty, also those whose key has expired. */
  #taken = 0;
  /** By 53 bits of the hash. */
  readonly #others = new Map<number, number>();
  readonly #seeds = crypto.getRandomValues(new Uint32Array(2));
  readonly #hash: Hash;
  /** The hash of the key at hand. */
  readonly #words = new Uint32Array(2);

  constructor(hashOf: Hash = hash) {
    this.#hash = hashOf;
  }

  /** Keys, also those that have expired since the last sweep. */
  get size(): number {
    return this.#taken + this.#others.size;
  }

  /** Adds a key until `expiry`, in whole seconds above 0. False if it is there and has not expired at `now`. */
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

/** MurmurHash3 (x86, 32 bits) of the UTF-16 code units, two a word, once by each seed. */
function hash(text: string, seeds: Uint32Array, words: Uint32Array): void {
  const { length } = text;
  let one = seeds[0] as number;
  let two = seeds[1] as number;
  for (let at = 0; at < length; at += 2) {
    // The length is mixed in at the end, so that a missing half differs from a unit of 0.
    const second = at + 1 < length ? text.charCodeAt(at + 1) : 0;
    let word = Math.imul(text.charCodeAt(at) | (second << 16), 0xcc9e2d51);
    word = Math.imul((word << 15) | (word >>> 17), 0x1b873593);
    one ^= word;
    one = (Math.imul((one << 13) | (one >>> 19), 5) + 0xe6546b64) | 0;
    two ^= word;
    two = (Math.imul((two << 13) | (two >>> 19), 5) + 0xe6546b64) | 0;
  }
  words[0] = finish(one ^ length);
  words[1] = finish(two ^ length);
}

function finish(given: number): number {
  let state = Math.imul(given ^ (given >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return state ^ (state >>> 16);
}
