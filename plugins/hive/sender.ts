import type { BatchesReport, ClientOptions } from '@countersign/runtime/client';
import {
  createHiveClient,
  type PushSuspensionsData,
  type PushSuspensionsError,
} from '../../generated/hive/src/client.ts';
import type { SuspensionRow } from './store/receive.ts';

export type SenderOptions = {
  /** The URL that the game server registered; requests go to exactly this one. */
  readonly endpoint: string;
  readonly gameServerKey: string;
  readonly gameIndex: number;
  /** What `server_url` says. Default: the endpoint. */
  readonly serverUrl?: string;
  /** Requests on their way at a time. Default 1: the order in which they were given is kept. */
  readonly concurrency?: number;
  readonly client?: Pick<ClientOptions, 'fetch' | 'retry' | 'timeout' | 'clock' | 'logger'>;
};

export type SendReport = BatchesReport<PushSuspensionsData, PushSuspensionsError>;

export type Sender = {
  /**
   * Sends any number of suspensions, 100 a request. A request that failed is tried again, since receiving twice does no
   * harm; one that keeps failing is reported with its rows and does not stop the others.
   */
  send(
    rows: Iterable<SuspensionRow> | AsyncIterable<SuspensionRow>,
    onBatch?: (report: SendReport['batches'][number]) => void,
  ): Promise<SendReport>;
};

/** Hive's side of the push, for whoever wants to try a game server. */
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
