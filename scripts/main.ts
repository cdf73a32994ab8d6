import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

const root = process.cwd();

// What mock and sandbox stand on is megabytes of JavaScript: compiled once, not at each start. `generate` begins its own
// later: see make.ts.
if (process.argv[2] !== 'generate') enableCompileCache(join(root, 'node_modules/.cache/countersign/compile'));
const { main } = await import('./cli/program.ts');
await main(root);
