import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Bytes of the young generation that are enough: requests leave little alive. */
const YOUNG = 8 * 1024 * 1024;

/**
 * Makes V8 collect garbage earlier than by default on a machine with much memory: a mock runs all day beside other
 * programs of a developer. V8 reads both heuristics at each collection, so that they can be set at run time.
 */
export function keepHeapSmall(): void {
  // The old generation may grow by a fifth of its live size, instead of doubling or more.
  setFlagsFromString('--heap-growing-percent=20');
  const watch = setInterval(() => {
    const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
    if ((young?.space_size ?? 0) < YOUNG) return;
    setFlagsFromString('--semi-space-growth-factor=1');
    clearInterval(watch);
  }, 100);
  watch.unref();
}
