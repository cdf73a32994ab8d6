import { kindOf, type ParameterDescriptor } from '../contract/index.ts';
import { parseExact } from '../validators/digits/parse-exact.ts';
import type { ParameterReader } from './parameters.ts';
import { readForm } from './read-form.ts';

/** Compiles the reader of a whole query as one value: a parameter `in: querystring` of OpenAPI 3.2. */
export function compileWholeQuery({ content = '', shape, encodings }: ParameterDescriptor): ParameterReader {
  const kind = kindOf(content);
  return ({ query, queryText = '' }, issues) => {
    if (queryText === '') return undefined;
    if (kind === 'form') {
      const { pairs, raw } = query;
      const fields = pairs.map(([name, value], i) => ({ name, value, contentType: '', raw: raw[i] ?? '' }));
      return readForm(fields, shape, encodings);
    }
    try {
      const text = decodeURIComponent(queryText);
      return kind === 'json' ? parseExact(text) : text;
    } catch {
      issues.push({ path: [], message: kind === 'json' ? 'must be valid JSON' : 'must be percent-encoded UTF-8' });
      return undefined;
    }
  };
}
