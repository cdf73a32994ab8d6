import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { openWorkspace } from './workspace.ts';

const workspace = openWorkspace(process.cwd());

// The compilers that we stand on are megabytes of JavaScript: compiled once, not in each run. So what is large must be
// imported after this line.
enableCompileCache(join(workspace.cache, 'compile'));
const { main } = await import('./cli/program.ts');
await main(workspace);
