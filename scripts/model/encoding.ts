import type { Diagnostic } from '../diagnostic.ts';
import { asNode, atPointer, join } from './reader.ts';
import type { Api } from './types.ts';

const MOST_SHOWN = 5;

/**
 * Forms whose `encoding` asks for another layout than the one that we write and read: lists repeat their name, objects
 * are JSON.
 */
export function checkEncodings(api: Pick<Api, 'document' | 'operations' | 'locate'>): readonly Diagnostic[] {
  const problems = new Map<string, Diagnostic>();
  for (const { body, descriptor } of api.operations) {
    for (const { mediaType, pointer } of body?.content ?? []) {
      const shape = descriptor.body?.shapes?.[mediaType];
      if (shape?.kind !== 'object') continue;
      const at = join(pointer.slice(0, pointer.lastIndexOf('/')), 'encoding');
      const ignored = Object.entries(asNode(atPointer(api.document, at))).flatMap(([name, encoding]) => {
        const { style, explode = style === undefined || style === 'form' } = asNode(encoding);
        const usual = (style ?? 'form') === 'form' && explode === true && shape.properties[name]?.kind !== 'object';
        const says = style !== undefined || 'explode' in asNode(encoding);
        return says && !usual ? [name] : [];
      });
      if (ignored.length === 0) continue;
      const shown = ignored.slice(0, MOST_SHOWN).map((name) => JSON.stringify(name));
      const names = [...shown, ...(ignored.length > MOST_SHOWN ? ['…'] : [])].join(', ');
      problems.set(at, {
        severity: 'warning',
        code: 'encoding-ignored',
        message: `style and explode of ${names} are not used: a list repeats its name, an object is sent as JSON.`,
        help: 'Make sure that the provider reads such a form, or ask for application/json.',
        at: api.locate(at),
        pointer: at,
      });
    }
  }
  return [...problems.values()];
}
