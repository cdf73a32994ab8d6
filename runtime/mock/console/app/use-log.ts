import { useEffect, useState } from 'preact/hooks';
import type { LogEntry, Notice } from '../../log.ts';
import { gateway } from './gateway-api.ts';

/** The log of requests, updated live. */
export type LiveLog = {
  /** The entries, the newest first. */
  readonly entries: readonly LogEntry[];
  readonly connected: boolean;
  /** The latest message that is not a request, for example that a spec was reloaded. */
  readonly notice: Notice | undefined;
};

const MOST = 300;
/** Milliseconds before the page reconnects. Some browsers do not reconnect to a stream whose server has stopped. */
const AGAIN = 2000;

/** Returns the gateway's log, updated live. @param onNotice called when specs, scenario or the mock itself changed */
export function useLog(onNotice: () => void): LiveLog {
  const [entries, setEntries] = useState<readonly LogEntry[]>([]);
  // The connection is not reported as lost before the first attempt has failed.
  const [connected, setConnected] = useState(true);
  const [notice, setNotice] = useState<Notice>();
  useEffect(() => {
    // Requests arrive in bursts. The page is rendered once per frame.
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
        // The mock may have restarted with other specs and pins.
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
