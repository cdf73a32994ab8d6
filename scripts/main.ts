import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

const root = process.cwd();

// What the commands stand on is megabytes of JavaScript: compiled once, not at each start.
enableCompileCache(join(root, 'node_modules/.cache/countersign/compile'));
const { main } = await import('./cli/program.ts');
await main(root);
