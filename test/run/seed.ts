/** `20261129`: values are drawn anew each day, and stay the same for all of it. */
export function seedOfTheDay(now = new Date()): number {
  return Number(now.toISOString().slice(0, 10).replaceAll('-', ''));
}

/** The seed of this run: `TEST_SEED`, or that of the day. */
export const seed = Number(process.env.TEST_SEED ?? seedOfTheDay());
