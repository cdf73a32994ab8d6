/** `20261129`: values differ each day, and stay the same during it. */
export function seedOfTheDay(now = new Date()): number {
  return Number(now.toISOString().slice(0, 10).replaceAll('-', ''));
}

/** The seed of this run: `TEST_SEED`, or that of the day. */
export const seed = Number(process.env.TEST_SEED ?? seedOfTheDay());
