/** `application/json`, `application/problem+json` and the like. */
export const JSON_TYPE = /[/+]json\b/i;
const XML_TYPE = /[/+]xml\b/i;

/** A made answer as its media type carries it: XML as the Prism CLI writes it, other texts as JSON. */
export function toBody(value: unknown, mediaType: string | undefined): unknown {
  if (mediaType === undefined || JSON_TYPE.test(mediaType) || typeof value !== 'object' || value === null) return value;
  return XML_TYPE.test(mediaType) ? toXml('xml', value) : JSON.stringify(value);
}

function toXml(name: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => toXml(name, item)).join('');
  const inner =
    typeof value === 'object' && value !== null
      ? Object.entries(value).map(([member, item]) => toXml(member.replace(/[^\w.-]/g, '_'), item))
      : [String(value ?? '').replace(/[<>&]/g, (character) => `&#${character.charCodeAt(0)};`)];
  return `<${name}>${inner.join('')}</${name}>`;
}
