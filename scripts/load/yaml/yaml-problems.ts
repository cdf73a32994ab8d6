import type { ErrorCode } from 'yaml';

type Explanation = { readonly code: string; readonly message: string; readonly help: string };

const syntax = (message: string, help: string): Explanation => ({ code: 'yaml-syntax', message, help });

/**
 * The parser's error codes in our words. Its own messages are not used: some of them repeat the text of the file.
 * @see https://eemeli.org/yaml/#errors
 */
const explanations: { readonly [Code in ErrorCode]?: Explanation } = {
  ALIAS_PROPS: syntax('An alias has an anchor or a tag.', 'Write the alias (`*name`) alone.'),
  BAD_ALIAS: syntax('The name of an anchor or alias is not valid.', 'Give it a name of letters, digits, - and _.'),
  BAD_COLLECTION_TYPE: syntax('A tag does not fit this map or list.', 'Remove the tag.'),
  BAD_DIRECTIVE: {
    code: 'yaml-directive',
    message: 'This directive is not valid.',
    help: 'Remove the line that starts with `%`.',
  },
  BAD_DQ_ESCAPE: syntax(
    'An unknown escape in a double-quoted string.',
    'Double the backslash, or use single quotes, where backslashes mean themselves.',
  ),
  BAD_INDENT: {
    code: 'yaml-indentation',
    message: 'The indentation does not fit.',
    help: 'Start all members of one map, and all items of one list, in the same column.',
  },
  BAD_PROP_ORDER: syntax(
    'An anchor or tag stands before the indicator it belongs after.',
    'Write it after `-`, `?` or `:`.',
  ),
  BAD_SCALAR_START: syntax('A plain value may not start with this character.', 'Put quotes around the value.'),
  BLOCK_AS_IMPLICIT_KEY: syntax(
    'A map starts where a single value is expected.',
    'Put the inner `key: value` on a line of its own, indented; quote a text that contains `: `.',
  ),
  BLOCK_IN_FLOW: syntax('A block map or list inside `{}` or `[]`.', 'Write the inner part with `{}` or `[]` too.'),
  KEY_OVER_1024_CHARS: syntax('A key is longer than 1,024 characters.', 'Shorten the key.'),
  MISSING_CHAR: syntax(
    'Something is missing here: a `:`, a comma, a quote, a bracket or a space.',
    'Close every quote and bracket, and write `key: value` with a space after the colon.',
  ),
  MULTILINE_IMPLICIT_KEY: syntax(
    'A key runs over more than one line.',
    'End the line before with `:` and a value, or indent the line so that it belongs to it.',
  ),
  MULTIPLE_ANCHORS: syntax('Two anchors on one value.', 'Keep one.'),
  MULTIPLE_DOCS: {
    code: 'yaml-documents',
    message: 'A second document in one file.',
    help: 'Keep one document a file: remove everything from the second `---`.',
  },
  MULTIPLE_TAGS: syntax('Two tags on one value.', 'Remove them.'),
  RESOURCE_EXHAUSTION: {
    code: 'yaml-too-deep',
    message: 'The document is nested too deeply.',
    help: 'Flatten it, or name parts of it and use `$ref`.',
  },
  TAB_AS_INDENT: { code: 'yaml-tab', message: 'A tab is used as indentation.', help: 'Indent with spaces.' },
  TAG_RESOLVE_FAILED: {
    code: 'yaml-tag',
    message: 'A tag that YAML 1.2 core does not have, or whose value does not fit it.',
    help: 'Remove the tag: only !!str, !!int, !!float, !!bool, !!null, !!map and !!seq are known.',
  },
  UNEXPECTED_TOKEN: syntax(
    'Something is here that does not belong here.',
    'Look at the quotes, brackets and indentation of this line and of the one before.',
  ),
};

/** An error of the YAML parser in our words. */
export function explainYaml(code: ErrorCode): Explanation {
  return explanations[code] ?? syntax('This is not valid YAML.', 'Look at this line and the one before.');
}
