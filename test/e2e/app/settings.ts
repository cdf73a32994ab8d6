import { type ClientOptions, createDailyplayClient, type DailyplayClient } from '@countersign/dailyplay';

/** The address of the provider and its credentials. The test serves this module. */
type Settings = { readonly baseUrl: string; readonly credentials: NonNullable<ClientOptions['credentials']> };

/** The client of the apps for Vue and Svelte. */
export async function openClient(): Promise<DailyplayClient> {
  const settings = (await (await fetch('/settings.json')).json()) as Settings;
  // Demo credentials of a mock. Real credentials stay on a server.
  return createDailyplayClient({ ...settings, dangerouslyAllowBrowser: true, retry: false });
}
