/** Milliseconds between two checks of the parent process. */
const LOOK = 200;

/**
 * Calls `stop` once when the process must end: by SIGINT, SIGTERM, or the end of the `npm run` that started it. npm
 * sends SIGTERM to a shell, which exits without forwarding it. A second signal ends the process at once.
 */
export function onStop(stop: () => void): void {
  const once = (): void => {
    process.off('SIGTERM', once).off('SIGINT', once);
    clearInterval(watch);
    stop();
  };
  process.on('SIGTERM', once).on('SIGINT', once);
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.env.npm_lifecycle_event !== undefined && process.ppid !== parent) once();
  }, LOOK);
  watch.unref();
}
