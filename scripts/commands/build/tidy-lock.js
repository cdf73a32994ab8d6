// `node tidy-lock.js [package-lock.json]` takes the `engines` of dependencies out of a lock. They run on the Node that is
// a dev dependency, so npm must not compare them with the Node that npm itself runs on: it would print a warning for each,
// and `--engine-strict` would fail. JavaScript, since npm runs this after it installs, by any Node.
import { readFileSync, writeFileSync } from 'node:fs';

const file = process.argv[2] ?? new URL('../../../package-lock.json', import.meta.url);
const text = readFileSync(file, 'utf8');
const lock = JSON.parse(text);
for (const [path, entry] of Object.entries(lock.packages)) if (path.includes('node_modules/')) delete entry.engines;
const tidy = `${JSON.stringify(lock, undefined, 2)}\n`;
if (tidy !== text) writeFileSync(file, tidy);
