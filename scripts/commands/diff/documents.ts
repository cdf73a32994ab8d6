/** Where to get a contract to compare with. */
export const EARLIER =
  'Use a spec, or an earlier generated/<provider>/openapi.json. To get one from Git: `git show HEAD:generated/<provider>/openapi.json > before.json`.';

/** The value of a JSON text; undefined if it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
