import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { findBundle, renewBundle } from './commands/build/own/find.js';

// JavaScript, because Node loads its TypeScript compiler to read a first `.ts` file. With the cache enabled before that
// file, a run without changes is a third faster.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/countersign/compile', import.meta.url)));
// Other commands run code of plugins, which import the runtime: it must not be loaded twice.
const isBundled = process.argv[2] === 'generate';
const bundle = isBundled ? findBundle() : undefined;
if (isBundled && bundle === undefined) process.once('exit', renewBundle);
await import(bundle ?? './main.ts');
