import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

const root = process.cwd();

// The compilers that we stand on are megabytes of JavaScript: compiled once, not in each run. So what is large must be
// imported after this line.
enableCompileCache(join(root, 'node_modules/.cache/countersign/compile'));
const { main } = await import('./cli/program.ts');
await main(root);
