/** Milliseconds between looks at the parent process. */
const LOOK = 200;

/**
 * Calls `stop` once, when the process is asked to end: by SIGINT or SIGTERM, or by the end of the `npm run` that started
 * it. npm passes SIGTERM to a shell, which ends without passing it on. A second signal ends the process at once.
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
