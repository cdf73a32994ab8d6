import { flushCompileCache } from 'node:module';
import { cacheCompiledModules } from './common/compile-cache.ts';

/** Milliseconds between two writes of what was compiled since. A write takes some 20 ms the first time, then none. */
const FLUSH = 5_000;

const root = process.cwd();

// The reader of a pipe can close it early, as `head` does.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });

cacheCompiledModules(root);
// Node writes the cache when a process exits, and not when a signal ends it, such as the one of a closed terminal.
setInterval(flushCompileCache, FLUSH).unref();
const { main } = await import('./commands/cli/program.ts');
await main(root);
