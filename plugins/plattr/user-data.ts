import type { Services } from './services.ts';

/** The data that were asked for, as they travel. Keys that the user does not have are left out. */
export async function readUserData(
  { data }: Services,
  userId: number,
  keys: readonly string[] = [],
): Promise<Record<string, string>> {
  const values = await data.read(userId, keys);
  // In the order asked for; fromEntries makes a member of any key, `__proto__` too.
  return Object.fromEntries(
    keys.flatMap((key) => {
      const value = values.get(key);
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
}
