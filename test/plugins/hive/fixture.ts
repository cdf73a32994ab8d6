import type { Server } from '@countersign/runtime/server';
import type { Store } from '@countersign/runtime/store';
import { sandbox } from '../../../plugins/hive/sandbox.ts';
import type { SuspensionRow } from '../../../plugins/hive/store/receive.ts';
import { openProvider } from '../../sandbox/harness/index.ts';

/** A game of the tests, without the seeds of the sandbox. */
export const GAME = 7;

export type Fixture = {
  readonly server: Server;
  readonly key: string;
  /** The response's status and body. */
  push(body: unknown, key?: string): Promise<{ readonly status: number; readonly body: Record<string, unknown> }>;
  pushRows(
    ...rows: readonly SuspensionRow[]
  ): Promise<{ readonly status: number; readonly body: Record<string, unknown> }>;
};

export async function openHive(store: Store): Promise<Fixture> {
  const { server, credentials } = await openProvider(store, 'hive', sandbox);
  const key = credentials[0]?.value ?? '';
  const push: Fixture['push'] = async (body, presented = key) => {
    const request = new Request('http://sandbox/suspensions', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${presented}` },
      body: JSON.stringify(body),
    });
    const response = await server.fetch(request);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const pushRows: Fixture['pushRows'] = (...rows) =>
    push({ game_index: GAME, server_url: 'https://game.example/suspensions', data: rows });
  return { server, key, push, pushRows };
}

/** A suspension for a period. */
export const period = (player_id: number, start_date: string, end_date: string): SuspensionRow => ({
  player_id,
  status: 'B',
  start_date: withTime(start_date),
  end_date: withTime(end_date),
});

export const permanent = (player_id: number, start_date: string): SuspensionRow => ({
  player_id,
  status: 'P',
  start_date: withTime(start_date),
  end_date: '9999-12-31 00:00:00',
});

const withTime = (date: string): string => (date.length === 10 ? `${date} 00:00:00` : date);
