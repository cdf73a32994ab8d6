import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

const root = process.cwd();

// The reader of a pipe can close it early, as `head` does.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });

// The commands depend on megabytes of JavaScript, which are compiled once and cached.
enableCompileCache(join(root, 'node_modules/.cache/countersign/compile'));
const { main } = await import('./commands/cli/program.ts');
await main(root);
