/** `20261129`: values differ from day to day, and are the same during a day. */
export function seedOfTheDay(now = new Date()): number {
  return Number(now.toISOString().slice(0, 10).replaceAll('-', ''));
}

/** The seed of this run: `TEST_SEED`, or that of the day. */
export const seed = Number(process.env.TEST_SEED ?? seedOfTheDay());
