// `node tidy-lock.js [package-lock.json]` removes the `engines` of dependencies from a lock file. The dependencies run
// on the Node that is a dev dependency, but npm compares `engines` with its own Node. It would print a warning for
// each, and `--engine-strict` would fail. This file is JavaScript because npm runs it after an install, on any version
// of Node.
import { readFileSync, writeFileSync } from 'node:fs';

const file = process.argv[2] ?? new URL('../../../package-lock.json', import.meta.url);
const text = readFileSync(file, 'utf8');
const lock = JSON.parse(text);
for (const [path, entry] of Object.entries(lock.packages)) if (path.includes('node_modules/')) delete entry.engines;
const tidy = `${JSON.stringify(lock, undefined, 2)}\n`;
if (tidy !== text) writeFileSync(file, tidy);
