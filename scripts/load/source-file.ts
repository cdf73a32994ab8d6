import type { Diagnostic } from '../common/diagnostics/diagnostic.ts';
import { pointerTokens } from '../common/document/pointer.ts';
import { parseJson } from './json/parse-json.ts';
import { lineIndex } from './line-index.ts';
import type { Parsed } from './parsed.ts';
import type { Limits, Parse, SourceFile } from './types.ts';
import { parseYaml } from './yaml/parse-yaml.ts';

/** Files that a description or an example may refer to. */
const TEXT = /\.(md|markdown|xml|csv)$/i;

/** Parses a text as YAML or JSON, by its file name. Other files are one text. */
export function parseText(path: string, text: string, limits: Limits): Parsed {
  if (TEXT.test(path)) return asText(text);
  return /\.json$/i.test(path) ? parseJson(text, limits) : parseYaml(text, limits);
}

/** The same if a different thread reports the problems: JSON is only parsed. */
export const parseChecked: Parse = (path, text, limits) =>
  /\.json$/i.test(path) ? parseJson(text, limits, true) : parseText(path, text, limits);

/** Parses a file. Errors have a location. */
export function parseSource(
  path: string,
  display: string,
  text: string,
  limits: Limits,
  parse: Parse = parseText,
): { readonly file: SourceFile; readonly problems: readonly Diagnostic[] } {
  const parsed = parse(path, text, limits);
  const place = lineIndex(text);
  const at = (offset: number) => ({ file: display, ...place(offset) });
  return {
    file: {
      path,
      display,
      text,
      value: parsed.value,
      locate: (pointer, on = 'value') => at(parsed.offsetOf(pointerTokens(pointer), on)),
    },
    problems: parsed.problems.map(({ offset, ...problem }) => ({ ...problem, at: at(offset) })),
  };
}

const asText = (value: string): Parsed => ({ value, problems: [], offsetOf: () => 0 });
