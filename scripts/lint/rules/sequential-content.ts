import { JSON_LINES, kindOf } from '@countersign/runtime/contract';
import { isObject } from '../../common/document/pointer.ts';
import { type Found, follow, type Rule, type RuleContext } from '../rule.ts';

const isSequential = (mediaType: string): boolean =>
  JSON_LINES.test(mediaType) || ['events', 'multipart'].includes(kindOf(mediaType));

/** Why a field has no effect with a media type. */
function unusedOf(field: string, mediaType: string): string | undefined {
  if (mediaType.includes('*')) return undefined;
  if (field === 'itemSchema') return isSequential(mediaType) ? undefined : 'is not a sequence of items';
  return kindOf(mediaType) === 'multipart' ? undefined : 'has no parts';
}

const FIELDS = ['itemSchema', 'prefixEncoding', 'itemEncoding'];

/**
 * `itemSchema` describes the items of JSON lines, server-sent events and multipart streams; `prefixEncoding` and
 * `itemEncoding` describe the parts of multipart data.
 * @see https://spec.openapis.org/oas/v3.2.0.html#media-type-object
 */
export const sequentialContent: Rule = () => {
  let isNew = false;
  const check = (content: unknown, context: RuleContext, at: Found['location']): void => {
    if (!isNew || !isObject(content)) return;
    for (const [mediaType, written] of Object.entries(content)) {
      const { node, location } = follow(written, at.child(['content', mediaType]), context);
      if (!isObject(node)) continue;
      for (const field of FIELDS) {
        const reason = Object.hasOwn(node, field) ? unusedOf(field, mediaType) : undefined;
        if (reason === undefined) continue;
        context.report({
          message: `\`${field}\` has no effect: \`${mediaType}\` ${reason}.`,
          help: field === 'itemSchema' ? 'Write `schema` with the whole value.' : 'Remove the field.',
          location: location.child([field]).key(),
        });
      }
    }
  };
  return {
    Root: ({ openapi }) => {
      isNew = String(openapi).startsWith('3.2');
    },
    Response: ({ content }, context) => check(content, context, context.location),
    RequestBody: ({ content }, context) => check(content, context, context.location),
  };
};
