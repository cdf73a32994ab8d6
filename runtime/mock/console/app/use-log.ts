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
/** Milliseconds; some browsers give up on a stream whose server is gone. */
const AGAIN = 2000;

/** The gateway's log as it grows. @param onNotice called when specs, scenario or the mock itself changed */
export function useLog(onNotice: () => void): LiveLog {
  const [entries, setEntries] = useState<readonly LogEntry[]>([]);
  // Until the first attempt has failed, nothing is wrong.
  const [connected, setConnected] = useState(true);
  const [notice, setNotice] = useState<Notice>();
  useEffect(() => {
    // Requests come in bursts; the page is drawn once a frame.
    let waiting: LogEntry[] = [];
    let lost = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let events: EventSource;
    const flush = (): void => {
      const come = waiting.reverse();
      waiting = [];
      setEntries((known) => [...come, ...known].slice(0, MOST));
    };
    const connect = (): void => {
      events = gateway.events();
      events.addEventListener('open', () => {
        setConnected(true);
        // Another mock may be there: its specs and pins are others.
        if (lost) onNotice();
        lost = false;
      });
      events.addEventListener('error', () => {
        lost = true;
        setConnected(false);
        if (events.readyState === EventSource.CLOSED) timer = setTimeout(connect, AGAIN);
      });
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
    };
    connect();
    return () => {
      clearTimeout(timer);
      events.close();
    };
  }, [onNotice]);
  return { entries, connected, notice };
}
