import { useEffect, useState } from 'preact/hooks';
import type { LogEntry, Notice } from '../../log.ts';
import { gateway } from './gateway-api.ts';

/** The log of requests, as it grows. */
export type LiveLog = {
  /** The newest first. */
  readonly entries: readonly LogEntry[];
  readonly connected: boolean;
  /** What was last said beside requests, for example that a spec was read anew. */
  readonly notice: Notice | undefined;
};

const MOST = 300;

/** The gateway's log as it grows. @param onNotice called when specs or scenario changed */
export function useLog(onNotice: () => void): LiveLog {
  const [entries, setEntries] = useState<readonly LogEntry[]>([]);
  const [connected, setConnected] = useState(false);
  const [notice, setNotice] = useState<Notice>();
  useEffect(() => {
    const events = gateway.events();
    // Requests come in bursts; the page is drawn once a frame.
    let waiting: LogEntry[] = [];
    const flush = (): void => {
      const come = waiting.reverse();
      waiting = [];
      setEntries((known) => [...come, ...known].slice(0, MOST));
    };
    events.addEventListener('open', () => setConnected(true));
    events.addEventListener('error', () => setConnected(false));
    events.addEventListener('recent', ({ data }) => {
      waiting = [];
      setEntries((JSON.parse(data) as LogEntry[]).reverse());
    });
    events.addEventListener('entry', ({ data }) => {
      waiting.push(JSON.parse(data) as LogEntry);
      if (waiting.length === 1) requestAnimationFrame(flush);
    });
    events.addEventListener('notice', ({ data }) => {
      const said = JSON.parse(data) as Notice;
      if (said.kind === 'cleared') setEntries([]);
      else setNotice(said);
      onNotice();
    });
    return () => events.close();
  }, [onNotice]);
  return { entries, connected, notice };
}
