import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findWords } from './find-words.ts';
import { textsOf } from './texts.ts';

/** `npm run check:words`: finds words that texts of this repository do not use. Arguments select files by their start. */

const root = join(import.meta.dirname, '../..');

/** Files that quote: external documents, inputs of tests, licences, and this check itself. */
const OTHERS =
  /^(?:generated|test\/fixtures|test\/words|test\/validators\/json-schema-test-suite)\/|(?:^|\/)(?:LICENSE|package-lock\.json)$/;
// Not SQL: an applied migration must not change.
const TEXTS = /\.(?:tsx?|m?js|md|ya?ml|hbs|json|css|html|svelte|svg)$/;

const selected = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const names = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root })
  .toString()
  .split('\0')
  .filter((name) => TEXTS.test(name) && !OTHERS.test(name))
  .filter((name) => selected.length === 0 || selected.some((start) => name.startsWith(start)));

for (const name of names) {
  for (const { line, word, better } of findWords(name, textsOf(name, readFileSync(join(root, name), 'utf8')))) {
    console.error(`${name}:${line}: "${word}". Write: ${better}`);
    process.exitCode = 1;
  }
}
