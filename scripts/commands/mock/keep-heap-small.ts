import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Bytes of the young generation that are enough: requests leave little alive. */
const YOUNG = 8 * 1024 * 1024;

/**
 * Has V8 collect earlier than it would on a machine with much memory: a mock runs all day beside everything else that a
 * developer has open. Both are heuristics that V8 reads at each collection, so they may be set while it runs.
 */
export function keepHeapSmall(): void {
  // The old generation may grow by a fifth of what was alive, instead of to twice that and more.
  setFlagsFromString('--heap-growing-percent=20');
  const watch = setInterval(() => {
    const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
    if ((young?.space_size ?? 0) < YOUNG) return;
    setFlagsFromString('--semi-space-growth-factor=1');
    clearInterval(watch);
  }, 100);
  watch.unref();
}
