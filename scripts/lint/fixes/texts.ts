import type { Fixer, Spot } from './fixer.ts';
import type { OffsetEdit } from './tree.ts';

const lineOf = ({ tree, offset }: Spot): { readonly from: number; readonly to: number; readonly text: string } => {
  const from = tree.text.lastIndexOf('\n', offset - 1) + 1;
  const end = tree.text.indexOf('\n', offset);
  const to = end < 0 ? tree.text.length : end;
  return { from, to, text: tree.text.slice(from, to) };
};

/** Indents a line like the previous one, or by two more spaces if that one begins a map. */
function indentAt(text: string, at: number): string {
  const before = text.slice(0, at).trimEnd();
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const indent = /^[ \t]*/.exec(line)?.[0].replaceAll('\t', '  ') ?? '';
  return line.endsWith(':') ? `${indent}  ` : indent;
}

/** Replaces the leading tabs of all lines. Otherwise, the next line would be reported after the fix. */
const tabs: Fixer = ({ tree }) => {
  const edits: OffsetEdit[] = [];
  for (const match of tree.text.matchAll(/^[ \t]*\t[ \t]*/gm))
    edits.push({ from: match.index, to: match.index + match[0].length, text: indentAt(tree.text, match.index) });
  return { title: 'Indent with spaces', edits, automatic: true };
};

const directive: Fixer = (spot) => {
  const at = spot.tree.text.search(/^%/m);
  const { from, to } = lineOf({ ...spot, offset: Math.max(at, 0) });
  return at < 0 ? undefined : { title: 'Remove the directive', edits: [{ from, to: to + 1, text: '' }] };
};

const documents: Fixer = ({ tree, offset }) => ({
  title: 'Remove the second document',
  edits: [{ from: tree.text.lastIndexOf('\n', offset - 1) + 1, to: tree.text.length, text: '' }],
});

const tag: Fixer = ({ tree, offset }) => {
  const found = /^!\S*[ \t]*/.exec(tree.text.slice(offset));
  return found
    ? { title: 'Remove the tag', edits: [{ from: offset, to: offset + found[0].length, text: '' }] }
    : undefined;
};

/** Quotes a plain value. */
const quote: Fixer = ({ tree, offset }) => {
  const found = /^[^\s,}\]#][^\n,}\]#]*/.exec(tree.text.slice(offset))?.[0].trimEnd();
  if (found === undefined || /^["'{[]/.test(found)) return undefined;
  return {
    title: 'Quote the value',
    edits: [{ from: offset, to: offset + found.length, text: JSON.stringify(found) }],
  };
};

/** Quotes a value with a colon, as in `description: Note: this`: YAML would end a key there. */
const quoteText: Fixer = (spot) => {
  const { from, text } = lineOf(spot);
  const found = /^(\s*(?:- )*[\w$-]+:[ \t]+)([^"'{[|>&*!\s].*: .*?)\s*$/.exec(text);
  if (!found) return undefined;
  const [, lead = '', value = ''] = found;
  const at = from + lead.length;
  return {
    title: 'Quote the text',
    edits: [{ from: at, to: at + value.length, text: JSON.stringify(value) }],
    automatic: true,
  };
};

/** Removes a comma before a closing bracket, which JSON does not allow. */
const trailingComma: Fixer = ({ tree, offset }) => {
  const before = tree.text.slice(0, offset).trimEnd();
  if (!/^\s*[}\]]/.test(tree.text.slice(offset)) || !before.endsWith(',')) return undefined;
  return {
    title: 'Remove the comma',
    edits: [{ from: before.length - 1, to: before.length, text: '' }],
    automatic: true,
  };
};

const skeleton: Fixer = ({ tree }) => ({
  title: 'Start an OpenAPI document',
  edits: [
    {
      from: 0,
      to: tree.text.length,
      text: 'openapi: 3.1.1\ninfo:\n  title: My API\n  version: 1.0.0\n  license: { name: Proprietary, identifier: LicenseRef-Proprietary }\npaths: {}\n',
    },
  ],
});

const secondKey: Fixer = ({ tree, tokens, offset }) => ({
  title: 'Remove the second key',
  edits: [tree.remove(tokens, offset)],
});

/** Fixes for errors of YAML and JSON. */
export const textFixers: { readonly [code: string]: Fixer } = {
  'document-empty': skeleton,
  'json-duplicate-key': secondKey,
  'json-syntax': trailingComma,
  'yaml-directive': directive,
  'yaml-documents': documents,
  'yaml-duplicate-key': secondKey,
  'yaml-leading-zero': quote,
  'yaml-number': quote,
  'yaml-number-digits': quote,
  'yaml-syntax': quoteText,
  'yaml-tab': tabs,
  'yaml-tag': tag,
};
