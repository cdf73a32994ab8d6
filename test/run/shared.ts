/** What the run shares by a name, made now where no test file asked before; undefined outside of such a run. */
export async function shared(name: string): Promise<string | undefined> {
  const url = process.env.TEST_SHARED_URL;
  if (url === undefined) return undefined;
  const response = await fetch(`${url}/${name}`);
  const text = await response.text();
  if (!response.ok) throw new Error(`The run could not make its ${name}: ${text}`);
  return text;
}
