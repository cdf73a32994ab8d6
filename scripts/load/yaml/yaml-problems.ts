import type { ErrorCode } from 'yaml';

type Explanation = { readonly code: string; readonly message: string; readonly help: string };

const syntax = (message: string, help: string): Explanation => ({ code: 'yaml-syntax', message, help });

/**
 * The parser's error codes in our words. Its own messages are not used: some of them repeat the text of the file.
 * @see https://eemeli.org/yaml/#errors
 */
const explanations: { readonly [Code in ErrorCode]?: Explanation } = {
  ALIAS_PROPS: syntax('The alias has an anchor or a tag.', 'Write only the alias (`*name`).'),
  BAD_ALIAS: syntax(
    'The name of the anchor or alias is not valid.',
    'Use only letters, digits, `-` and `_` in the name.',
  ),
  BAD_COLLECTION_TYPE: syntax('The tag is not valid on a map or list.', 'Remove the tag.'),
  BAD_DIRECTIVE: {
    code: 'yaml-directive',
    message: 'The YAML directive is not valid.',
    help: 'Remove the line that starts with `%`.',
  },
  BAD_DQ_ESCAPE: syntax(
    'The double-quoted string has an invalid escape sequence.',
    'Double the backslash, or use single quotes, in which a backslash is a literal character.',
  ),
  BAD_INDENT: {
    code: 'yaml-indentation',
    message: 'The indentation is inconsistent.',
    help: 'Start all keys of one map, and all items of one list, in the same column.',
  },
  BAD_PROP_ORDER: syntax(
    'The anchor or tag is before the indicator. Expected it after the indicator.',
    'Move it after `-`, `?` or `:`.',
  ),
  BAD_SCALAR_START: syntax(
    'The value starts with a reserved character and is not quoted.',
    'Put quotes around the value.',
  ),
  BLOCK_AS_IMPLICIT_KEY: syntax(
    'A map starts where a single value was expected.',
    'Quote a string that contains `: `. For a nested map, write `key: value` on the next line, indented.',
  ),
  BLOCK_IN_FLOW: syntax(
    'A block map or list is inside `{}` or `[]`.',
    'Write the inner map or list with `{}` or `[]`.',
  ),
  KEY_OVER_1024_CHARS: syntax('The key is longer than 1,024 characters.', 'Shorten the key.'),
  MISSING_CHAR: syntax(
    'A `:`, comma, quote, bracket or space is missing.',
    'Close every quote and bracket, and write `key: value` with a space after the colon.',
  ),
  MULTILINE_IMPLICIT_KEY: syntax(
    'The key spans more than one line.',
    'Complete the previous line with `:` and a value, or indent this line to continue it.',
  ),
  MULTIPLE_ANCHORS: syntax('The value has two anchors.', 'Remove one of the two anchors.'),
  MULTIPLE_DOCS: {
    code: 'yaml-documents',
    message: 'The file contains more than one YAML document.',
    help: 'Remove the second `---` and everything after it.',
  },
  MULTIPLE_TAGS: syntax('The value has two tags.', 'Remove the tags.'),
  RESOURCE_EXHAUSTION: {
    code: 'yaml-too-deep',
    message: 'The document is nested too deeply.',
    help: 'Flatten the document, or move parts to `components` and use `$ref`.',
  },
  TAB_AS_INDENT: { code: 'yaml-tab', message: 'The line is indented with a tab.', help: 'Use spaces for indentation.' },
  TAG_RESOLVE_FAILED: {
    code: 'yaml-tag',
    message: 'The tag is not a YAML 1.2 core tag, or does not match its value.',
    help: 'Remove the tag, or use !!str, !!int, !!float, !!bool, !!null, !!map or !!seq.',
  },
  UNEXPECTED_TOKEN: syntax(
    'The YAML syntax is not valid: unexpected content.',
    'Check the quotes, brackets and indentation of this line and the line before it.',
  ),
};

/** An error of the YAML parser in our words. */
export function explainYaml(code: ErrorCode): Explanation {
  return explanations[code] ?? syntax('The YAML syntax is not valid.', 'Check this line and the line before it.');
}
