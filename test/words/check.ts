import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findWords } from './find-words.ts';
import { textsOf } from './texts.ts';

/**
 * `npm run check:words`: finds words that texts of this repository do not use. Files that are not rewritten yet stand in
 * `not-yet.txt`; the list only shrinks, since a file without findings may not stand in it. `--shrink` removes those.
 */

const root = join(import.meta.dirname, '../..');
const listFile = join(import.meta.dirname, 'not-yet.txt');

/** Files that quote: other people's documents, inputs of tests, licences, and this check itself. */
const OTHERS = /^(?:generated|test\/fixtures|test\/words|test\/validators\/json-schema-test-suite)\/|(?:^|\/)LICENSE$/;
const TEXTS = /\.(?:ts|tsx|js|md|ya?ml|hbs)$/;

const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root })
  .toString()
  .split('\0')
  .filter((name) => TEXTS.test(name) && !OTHERS.test(name));
const notYet = new Set(readFileSync(listFile, 'utf8').split('\n').filter(Boolean));

const found = new Map(
  files.flatMap((name) => {
    const words = findWords(textsOf(name, readFileSync(join(root, name), 'utf8')));
    return words.length === 0 ? [] : [[name, words] as const];
  }),
);
const rewritten = [...notYet].filter((name) => !found.has(name));

const shown = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const lines = [...found]
  .filter(([name]) => (shown.length === 0 ? !notYet.has(name) : shown.some((start) => name.startsWith(start))))
  .flatMap(([name, words]) => words.map(({ line, word, better }) => `${name}:${line}: "${word}". Write: ${better}`));

if (process.argv.includes('--shrink')) {
  const left = [...notYet].filter((name) => found.has(name));
  writeFileSync(listFile, left.map((name) => `${name}\n`).join(''));
  console.log(`${left.length} files left in test/words/not-yet.txt`);
} else if (rewritten.length > 0) {
  for (const name of rewritten)
    lines.push(`${name}: rewritten. Remove it from the list by: npm run check:words -- --shrink`);
}
for (const line of lines) console.error(line);
process.exitCode = lines.length > 0 ? 1 : 0;
