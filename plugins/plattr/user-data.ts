import type { Services } from './services.ts';

/** The requested data in the form of the API. Keys that the user does not have are omitted. */
export async function readUserData(
  { data }: Services,
  userId: number,
  keys: readonly string[] = [],
): Promise<Record<string, string>> {
  const values = await data.read(userId, keys);
  // In the requested order. fromEntries creates an own property for any key, even `__proto__`.
  return Object.fromEntries(
    keys.flatMap((key) => {
      const value = values.get(key);
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
}
