/** The value that the run shares under a name, created on the first request; undefined outside of such a run. */
export async function shared(name: string): Promise<string | undefined> {
  const url = process.env.TEST_SHARED_URL;
  if (url === undefined) return undefined;
  const response = await fetch(`${url}/${name}`);
  const text = await response.text();
  if (!response.ok) throw new Error(`The run could not make its ${name}: ${text}`);
  return text;
}
