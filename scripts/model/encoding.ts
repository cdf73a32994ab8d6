import { kindOf, type ParameterShape } from '@countersign/runtime/contract';
import type { Diagnostic } from '../common/diagnostics/diagnostic.ts';
import { asNode, asText, atPointer, join, type Node } from './reader.ts';
import type { Api } from './types.ts';

const MOST_SHOWN = 5;

/** The `encoding` beside a content's schema. */
export const encodingPointer = (schemaPointer: string): string =>
  join(schemaPointer.slice(0, schemaPointer.lastIndexOf('/')), 'encoding');

type Rule = {
  readonly isIgnored: (encoding: Node, shape: ParameterShape | undefined) => boolean;
  readonly message: (names: string) => string;
};

const RULES: readonly Rule[] = [
  {
    isIgnored({ style, explode }, shape) {
      const says = style !== undefined || explode !== undefined;
      const explodes = explode ?? (style === undefined || style === 'form');
      return says && !((style ?? 'form') === 'form' && explodes === true && shape?.kind !== 'object');
    },
    message: (names) =>
      `style and explode of ${names} are not used: a list repeats its name, an object is sent as JSON.`,
  },
  {
    isIgnored({ contentType, headers }, shape) {
      const isObject = shape?.kind === 'object' || (shape?.kind === 'array' && shape.items.kind === 'object');
      const isOther =
        contentType !== undefined &&
        !asText(contentType)
          .split(',')
          .some((type) => kindOf(type) === 'json');
      return (isObject && isOther) || Object.keys(asNode(headers)).length > 0;
    },
    message: (names) =>
      `contentType and headers of ${names} are not used: an object is sent as JSON, a part without headers.`,
  },
];

/** Forms whose `encoding` asks for another layout than the one that we write and read. */
export function checkEncodings(api: Pick<Api, 'document' | 'operations' | 'locate'>): readonly Diagnostic[] {
  const problems = new Map<string, Diagnostic>();
  for (const { body, descriptor } of api.operations) {
    for (const { mediaType, pointer } of body?.content ?? []) {
      const shape = descriptor.body?.shapes?.[mediaType];
      if (shape?.kind !== 'object') continue;
      const at = encodingPointer(pointer);
      const encodings = Object.entries(asNode(atPointer(api.document, at)));
      for (const [index, { isIgnored, message }] of RULES.entries()) {
        const ignored = encodings.filter(([name, encoding]) => isIgnored(asNode(encoding), shape.properties[name]));
        if (ignored.length === 0) continue;
        const shown = ignored.slice(0, MOST_SHOWN).map(([name]) => JSON.stringify(name));
        problems.set(`${at} ${index}`, {
          severity: 'warning',
          code: 'encoding-ignored',
          message: message([...shown, ...(ignored.length > MOST_SHOWN ? ['…'] : [])].join(', ')),
          help: 'Make sure that the provider reads such a form, or ask for application/json.',
          at: api.locate(at),
          pointer: at,
        });
      }
    }
  }
  return [...problems.values()];
}
