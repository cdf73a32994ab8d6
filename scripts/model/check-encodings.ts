import { kindOf, type ParameterShape } from '@countersign/runtime/contract';
import type { Diagnostic } from '../common/diagnostics/diagnostic.ts';
import { encodingPointer } from './encoding.ts';
import type { Api } from './types.ts';

const MOST_SHOWN = 5;

const isObject = (shape: ParameterShape | undefined): boolean =>
  shape?.kind === 'object' || (shape?.kind === 'array' && shape.items.kind === 'object');

/** Warns of content types in the `encoding` of forms that are ignored, because the object is sent as JSON. */
export function checkEncodings(api: Pick<Api, 'operations' | 'locate'>): readonly Diagnostic[] {
  const problems = new Map<string, Diagnostic>();
  for (const { body, descriptor } of api.operations) {
    for (const { mediaType, pointer } of body?.content ?? []) {
      const shape = descriptor.body?.shapes?.[mediaType];
      if (shape?.kind !== 'object') continue;
      const ignored = Object.entries(descriptor.body?.encodings?.[mediaType] ?? {})
        .filter(([name, { contentType, style, parts, fields, xml }]) => {
          if (style || parts || fields || xml) return false;
          return contentType && kindOf(contentType) !== 'json' && isObject(shape.properties[name]);
        })
        .map(([name]) => JSON.stringify(name));
      if (ignored.length === 0) continue;
      const at = encodingPointer(pointer);
      const names = [...ignored.slice(0, MOST_SHOWN), ...(ignored.length > MOST_SHOWN ? ['…'] : [])].join(', ');
      problems.set(at, {
        severity: 'warning',
        code: 'encoding-ignored',
        message: `The contentType of ${names} is ignored: an object is sent as JSON.`,
        help: 'Write `contentType: application/json`, or declare the property as a string, which the caller then formats.',
        at: api.locate(at),
        pointer: at,
      });
    }
  }
  return [...problems.values()];
}
