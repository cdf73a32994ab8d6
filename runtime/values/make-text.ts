import { textsOfFormat } from './by-format.ts';
import { textByName, wordOf } from './by-name.ts';
import { compilePattern } from './compile-pattern.ts';
import { makeMatching } from './pattern.ts';
import type { Random, SchemaObject } from './types.ts';

/** Number of attempts for a text that matches several patterns, or a pattern with look-around. */
const DRAWS = 50;
/** Maximum length of a text. Longer texts are cut, unless a schema requires the length. */
const LONGEST = 10_000;

/** A text that matches the lengths, patterns and formats of all schemas, if one can be found. */
export function makeText(schemas: readonly SchemaObject[], name: string, random: Random): string {
  const numbers = (keyword: string) =>
    schemas.flatMap((schema) => (typeof schema[keyword] === 'number' ? [schema[keyword] as number] : []));
  const least = Math.min(LONGEST, Math.max(0, ...numbers('minLength')));
  const most = Math.min(LONGEST, ...numbers('maxLength'));
  const patterns = schemas.flatMap(({ pattern }) => (typeof pattern === 'string' ? [pattern] : []));
  const tests = patterns.flatMap((pattern) => {
    try {
      return [compilePattern(pattern)];
    } catch {
      return [];
    }
  });
  const fits = (text: string): boolean => {
    const length = [...text].length;
    return length >= least && length <= most && tests.every((test) => test.test(text));
  };
  // `password` does not restrict a text, and can be used together with a format that does.
  const formats = schemas
    .flatMap(({ format, contentEncoding, contentMediaType }) => [
      format,
      contentEncoding,
      ...(contentMediaType === 'application/json' ? ['json'] : []),
    ])
    .sort((a, b) => Number(a === 'password') - Number(b === 'password'));
  const formatted = formats.flatMap((format) => (format === 'json' ? ['{}'] : textsOfFormat(format, random)));
  const likely = [...formatted, ...(formatted.length > 0 ? [] : [textByName(name, random) ?? wordOf(random)])];
  const found = likely.find(fits);
  if (found !== undefined) return found;
  // The texts of the format do not match the lengths or the pattern. Another attempt may succeed.
  for (let draw = 0; draw < DRAWS && formatted.length > 0; draw += 1) {
    const text = formats.flatMap((format) => textsOfFormat(format, random)).find(fits);
    if (text !== undefined) return text;
  }
  for (let draw = 0; draw < DRAWS; draw += 1) {
    for (const pattern of patterns) {
      const text = makeMatching(pattern, random, least);
      if (text !== undefined && fits(text)) return text;
      // A pattern without an end anchor allows any suffix.
      if (text !== undefined && fits(resize(text, least, most))) return resize(text, least, most);
    }
    if (patterns.length === 0) break;
    // The patterns are joined for contracts with one pattern for the beginning and one for the end.
    const joined = patterns.map((pattern) => makeMatching(pattern, random, 0) ?? '').join('');
    if (patterns.length > 1 && fits(joined)) return joined;
  }
  return resize(likely[0] ?? wordOf(random), least, most);
}

function resize(text: string, least: number, most: number): string {
  const letters = [...text];
  if (letters.length > most) return letters.slice(0, most).join('');
  const filler = [...'abcdefghijklmnopqrstuvwxyz'];
  while (letters.length < least) letters.push(filler[letters.length % filler.length] as string);
  return letters.join('');
}
