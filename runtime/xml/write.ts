import { XMLBuilder } from 'fast-xml-parser';
import { textOf } from '../bodies/index.ts';
import { own, type XmlNode, type XmlShape } from '../contract/index.ts';

const CDATA = '#cdata';

const builder = /* @__PURE__ */ new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  textNodeName: '#',
  cdataPropName: CDATA,
  suppressBooleanAttributes: false,
});

type Built = { [name: string]: unknown };

const nameOf = ({ prefix, name }: XmlNode): string => (prefix ? `${prefix}:${name}` : name);

/** Characters that no XML 1.0 document can contain, even escaped. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;

function plain(value: unknown): string {
  const text = textOf(value);
  if (FORBIDDEN.test(text)) throw new TypeError('a string contains a character that XML does not allow');
  return text;
}

/**
 * Writes a value as an XML document. Undeclared properties, null and undefined are omitted.
 *
 * @throws {TypeError} if a text contains characters that XML does not allow
 * @example
 * ```ts
 * const node = { name: 'coin', shape: { kind: 'value', types: ['integer'] } } as const;
 * const text = writeXml(5, node);
 * ```
 */
export function writeXml(value: unknown, node: XmlNode): string {
  const element = elementOf(value, node);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build({ [nameOf(node)]: element })}`;
}

const isMissing = (value: unknown): boolean => value === undefined || value === null;

function elementOf(value: unknown, node: XmlNode): Built {
  const { prefix, namespace, shape } = node;
  const built: Built = namespace ? { [prefix ? `@xmlns:${prefix}` : '@xmlns']: namespace } : {};
  fill(built, value, shape);
  return built;
}

function fill(built: Built, value: unknown, shape: XmlShape): void {
  switch (shape.kind) {
    case 'value':
      built['#'] = plain(value);
      return;
    case 'list':
      built[nameOf(shape.item)] = [value]
        .flat()
        .filter((item) => !isMissing(item))
        .map((item) => elementOf(item, shape.item));
      return;
    case 'any':
      if (typeof value !== 'object' || value === null) built['#'] = plain(value);
      else for (const [name, member] of Object.entries(value)) built[name] = [member].flat().map((item) => anyOf(item));
      return;
    case 'object':
      fillObject(built, value as Readonly<Record<string, unknown>>, shape);
  }
}

function anyOf(value: unknown): Built {
  const built: Built = {};
  fill(built, value, { kind: 'any' });
  return built;
}

function fillObject(
  built: Built,
  value: Readonly<Record<string, unknown>>,
  { properties }: XmlShape & { readonly kind: 'object' },
): void {
  for (const [property, node] of Object.entries(properties)) {
    const member = own(value, property);
    if (isMissing(member)) continue;
    if (node.attribute) built[`@${nameOf(node)}`] = plain(member);
    else if (node.cdata) built[CDATA] = plain(member);
    else if (node.text) built['#'] = plain(member);
    else if (node.none) fill(built, member, node.shape);
    else if (node.shape.kind === 'list' && !node.shape.wrapped) fill(built, member, node.shape);
    else built[nameOf(node)] = elementOf(member, node);
  }
}
