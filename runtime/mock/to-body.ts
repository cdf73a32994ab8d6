import { kindOf, type PartsDescriptor } from '../contract/index.ts';
import { toParts } from './to-parts.ts';
import { toRows } from './to-rows.ts';

/** Matches `application/json`, `application/problem+json` and similar types. */
export const JSON_TYPE = /[/+]json\b/i;
const XML_TYPE = /[/+]xml\b/i;

/**
 * Converts a generated value to the body of its media type. If the contract describes the XML, or the type has fields
 * or rows, the server serializes the value. Any other text, and bytes, become strings.
 *
 * @param isDescribedXml whether the server can write the value as XML
 * @param parts the parts, for multipart data whose parts have a position
 * @param isRow whether a value is valid as one row of JSON lines
 */
export function toBody(
  value: unknown,
  mediaType: string | undefined,
  isDescribedXml = false,
  parts?: PartsDescriptor,
  isRow: (value: unknown) => boolean = () => false,
): unknown {
  if (mediaType === undefined) return value;
  const isObject = typeof value === 'object' && value !== null;
  switch (kindOf(mediaType)) {
    case 'json':
      return value;
    case 'form':
      return isObject && !Array.isArray(value) ? value : toText(value);
    case 'multipart':
      if (parts) return toParts(value, parts);
      return isObject ? toFormData(value) : toText(value);
    // Events that have a schema are a list, which the server writes.
    case 'events':
      return Array.isArray(value) ? value : toText(value);
    case 'lines':
      return typeof value === 'string' ? value : toRows(value, isRow);
    case 'markup':
      if (isObject && isDescribedXml) return value;
      return isObject && XML_TYPE.test(mediaType) ? toXml('xml', value) : toText(value);
    default:
      return toText(value);
  }
}

function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === null || value === undefined ? '' : (JSON.stringify(value) ?? '');
}

function toFormData(value: object): FormData {
  const form = new FormData();
  for (const [name, member] of Object.entries(value)) {
    for (const each of Array.isArray(member) ? member : [member]) form.append(name, toText(each));
  }
  return form;
}

/** Writes XML that the contract does not describe, like the Prism CLI. */
function toXml(name: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => toXml(name, item)).join('');
  const inner =
    typeof value === 'object' && value !== null
      ? Object.entries(value).map(([member, item]) => toXml(member.replace(/[^\w.-]/g, '_'), item))
      : [String(value ?? '').replace(/[<>&]/g, (character) => `&#${character.charCodeAt(0)};`)];
  return `<${name}>${inner.join('')}</${name}>`;
}
