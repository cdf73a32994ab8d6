/**
 * Writes the catalogue of docs/signers.md from templates/signing: `node scripts/commands/docs/signing-catalogue.ts`. A test
 * compares the two.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { type Preset, presetNames, presetText } from '../init/presets.ts';
import { repeatedText } from './repeated-text.ts';

const BEGIN = '<!-- catalogue: written by scripts/commands/docs/signing-catalogue.ts -->';
const END = '<!-- end of catalogue -->';

type Entry = { readonly name: string; readonly text: string };

const field = (text: string, name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1] ?? '';

/** The scheme as a spec contains it, with the preset's own lines and comments: `signing` is `x-cs-signing`. */
function schemeOf(text: string): string {
  const place = field(text, 'in') || 'header';
  const [, signing = ''] = /^(signing:\n(?: .*\n?|\n|#.*\n?)*)/m.exec(text) ?? [];
  return ['type: apiKey', `in: ${place}`, `name: ${field(text, 'name')}`, `x-cs-${signing.trimEnd()}`].join('\n');
}

/** One entry: title, source, command, YAML, and the effect of a request that is sent again. */
function entryOf({ name, text }: Entry): string {
  const document = field(text, 'document');
  const source = document.startsWith('https://example.com/') ? '' : ` [Source](${document}).`;
  return [
    `### ${name}`,
    `${field(text, 'title')}: \`npx countersign add acme --signing ${name}\`.${source}`,
    `\`\`\`yaml\n${schemeOf(text)}\n\`\`\``,
    repeatedText(parse(text) as Preset),
  ].join('\n\n');
}

/** The page with an updated catalogue. @throws {Error} if the page has no place for one */
export function writeCatalogue(page: string, presets: readonly Entry[]): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`docs/signers.md does not contain \`${BEGIN}\` and \`${END}\``);
  return [page.slice(0, begin) + BEGIN, ...presets.map(entryOf), page.slice(end)].join('\n\n');
}

export const readPresets = (): readonly Entry[] => presetNames.map((name) => ({ name, text: presetText(name) }));

if (import.meta.main) {
  const path = fileURLToPath(new URL('../../../docs/signers.md', import.meta.url));
  writeFileSync(path, writeCatalogue(readFileSync(path, 'utf8'), readPresets()));
}
