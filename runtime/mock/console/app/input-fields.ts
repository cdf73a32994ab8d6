import type { ExampleInput } from '../../types.ts';
import type { OperationState } from './gateway-api.ts';

/** What stands in the form: a text for each parameter by `<place> <name>`, and the body's. */
export type Fields = { readonly parameters: Readonly<Record<string, string>>; readonly body: string };

const GROUPS = { path: 'path', query: 'query', header: 'headers', cookie: 'cookies' } as const;

/** The key of a parameter among the fields of the form. */
export const keyOf = ({ in: place, name }: { readonly in: string; readonly name: string }): string =>
  `${place} ${name}`;

/** Text as it is; everything else as JSON. */
const show = (value: unknown): string =>
  value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

/** The fields of the form, filled with an input. */
export function toFields({ parameters }: OperationState, input: ExampleInput): Fields {
  const texts = parameters.map((parameter): [string, string] => {
    const group = input[GROUPS[parameter.in as keyof typeof GROUPS]];
    return [keyOf(parameter), show(group?.[parameter.name])];
  });
  return {
    parameters: Object.fromEntries(texts),
    body: input.body === undefined ? '' : JSON.stringify(input.body, undefined, 2),
  };
}

/** @throws {SyntaxError} when the body is no JSON */
export function toInput({ parameters, hasBody }: OperationState, fields: Fields, example: ExampleInput): ExampleInput {
  const input: Record<string, Record<string, unknown>> = {};
  for (const parameter of parameters) {
    const text = fields.parameters[keyOf(parameter)] ?? '';
    if (text === '') continue;
    const group = GROUPS[parameter.in as keyof typeof GROUPS];
    const shown = example[group]?.[parameter.name];
    input[group] = { ...input[group], [parameter.name]: readText(text, shown) };
  }
  return hasBody && fields.body.trim() !== '' ? { ...input, body: JSON.parse(fields.body) } : input;
}

/** A list or object is written as JSON; whatever else is typed stays text, which is how parameters travel. */
function readText(text: string, example: unknown): unknown {
  if (typeof example === 'string' && !/^[[{]/.test(text.trim())) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
