/** Peak resident memory of this process while work runs, above the previous value, in MiB. */
export async function peakOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage.rss();
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 10);
  try {
    await work();
  } finally {
    clearInterval(watch);
  }
  return (Math.max(peak, process.memoryUsage.rss()) - before) / 2 ** 20;
}
