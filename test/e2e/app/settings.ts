import { type ClientOptions, createDailyplayClient, type DailyplayClient } from '@countersign/dailyplay';

/** Where the provider is, and with which credentials; the test serves it. */
type Settings = { readonly baseUrl: string; readonly credentials: NonNullable<ClientOptions['credentials']> };

/** The client of the apps for Vue and Svelte. */
export async function openClient(): Promise<DailyplayClient> {
  const settings = (await (await fetch('/settings.json')).json()) as Settings;
  // Demo credentials of a mock; real ones stay on a server.
  return createDailyplayClient({ ...settings, dangerouslyAllowBrowser: true, retry: false });
}
