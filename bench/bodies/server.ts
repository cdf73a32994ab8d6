import { listen } from '../../runtime/server/node.ts';
import { fileServer } from './sample.ts';

/** A server in its own process: prints its URL, then, for each message, its peak memory since the previous one. */
const [bytes, path = ''] = process.argv.slice(2);
let counted = 0;
const { url } = await listen(
  fileServer(Number(bytes), path, (size) => {
    counted = size;
  }),
);
let before = process.memoryUsage.rss();
let peak = before;
setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 10);
process.on('message', () => {
  process.send?.({ more: (peak - before) / 2 ** 20, counted });
  before = process.memoryUsage.rss();
  peak = before;
});
process.send?.({ url });
