import type { BatchesReport, ClientOptions } from '@countersign/runtime/client';
import {
  createHiveClient,
  type PushSuspensionsData,
  type PushSuspensionsError,
} from '../../generated/hive/src/client.ts';
import type { SuspensionRow } from './store/receive.ts';

export type SenderOptions = {
  /** The URL that the game server registered. Requests are sent to exactly this URL. */
  readonly endpoint: string;
  readonly gameServerKey: string;
  readonly gameIndex: number;
  /** The value of `server_url`. Default: the endpoint. */
  readonly serverUrl?: string;
  /** Maximum number of requests in flight. Default 1, which keeps the order. */
  readonly concurrency?: number;
  readonly client?: Pick<ClientOptions, 'fetch' | 'retry' | 'timeout' | 'clock' | 'logger'>;
};

export type SendReport = BatchesReport<PushSuspensionsData, PushSuspensionsError>;

export type Sender = {
  /**
   * Sends any number of suspensions, 100 per request. A failed request is retried, because receiving it twice has no
   * further effect. A request that keeps failing is reported with its rows and does not stop the others.
   */
  send(
    rows: Iterable<SuspensionRow> | AsyncIterable<SuspensionRow>,
    onBatch?: (report: SendReport['batches'][number]) => void,
  ): Promise<SendReport>;
};

/** Hive's side of the push, to test a game server. */
export function createSender({
  endpoint,
  gameServerKey,
  gameIndex,
  serverUrl = endpoint,
  concurrency = 1,
  client: options = {},
}: SenderOptions): Sender {
  const client = createHiveClient({ ...options, endpoint, credentials: { gameServerKey } });
  return {
    send: (rows, onBatch) =>
      client.pushSuspensions.batches({
        rows,
        input: { body: { game_index: gameIndex, server_url: serverUrl } },
        concurrency,
        ...(onBatch === undefined ? {} : { onBatch }),
      }),
  };
}
