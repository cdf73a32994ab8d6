import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { setOwn, type XmlNode, type XmlShape } from '../contract/index.ts';

/** The error of a text that does not match the XML in the contract. */
export class XmlError extends Error {
  override readonly name = 'XmlError';
}

type Element = string | { readonly [name: string]: unknown };

const parser = /* @__PURE__ */ new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  textNodeName: '#',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  // Prefixes are removed, because the writer chooses them.
  removeNSPrefix: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  // Without this option, numeric character references are not decoded.
  htmlEntities: true,
  isArray: (_name: string, _path: unknown, _leaf: boolean, isAttribute: boolean) => !isAttribute,
});

/**
 * Parses an XML text. Elements and attributes that the contract does not name are omitted.
 *
 * @throws {XmlError}
 * @example
 * ```ts
 * const node = { name: 'coin', shape: { kind: 'value', types: ['integer'] } } as const;
 * const coin = readXml('<coin>5</coin>', node);
 * ```
 */
export function readXml(text: string, node: XmlNode): unknown {
  // Entities of a document can expand a few bytes to gigabytes, and can read files.
  if (/<!DOCTYPE/i.test(text)) throw new XmlError('must not contain a DOCTYPE');
  if (XMLValidator.validate(text) !== true) throw new XmlError('must be well-formed XML');
  const elements = ownElements(parser.parse(text), node.name);
  const [root] = elements;
  if (root === undefined || elements.length > 1) throw new XmlError(`must be XML with the root <${node.name}>`);
  return node.shape.kind === 'list' ? listOf(root, node.shape) : readValue(root, node.shape);
}

function ownElements(parent: unknown, name: string): readonly Element[] {
  if (typeof parent !== 'object' || parent === null || !Object.hasOwn(parent, name)) return [];
  const found = (parent as Record<string, unknown>)[name];
  return Array.isArray(found) ? found : [];
}

const textIn = (element: Element): string => {
  const text = typeof element === 'string' ? element : element['#'];
  return String(Array.isArray(text) ? text.join('') : (text ?? ''));
};

const isNil = (element: Element): boolean => typeof element !== 'string' && element['@nil'] === 'true';

function readValue(element: Element, shape: XmlShape): unknown {
  if (isNil(element)) return null;
  switch (shape.kind) {
    case 'value':
      return typed(textIn(element), shape.types);
    case 'list':
      return listOf(element, shape);
    case 'object':
      return objectOf(element, shape);
    case 'any':
      return anyOf(element);
  }
}

const listOf = (parent: Element, { item }: XmlShape & { readonly kind: 'list' }): readonly unknown[] =>
  ownElements(parent, item.name).map((element) => readValue(element, item.shape));

function objectOf(element: Element, { properties }: XmlShape & { readonly kind: 'object' }): object {
  const value = {};
  for (const [property, node] of Object.entries(properties)) {
    const { shape } = node;
    if (node.attribute || node.text) {
      const text = node.text ? textIn(element) : typeof element === 'string' ? undefined : element[`@${node.name}`];
      if (typeof text === 'string') setOwn(value, property, shape.kind === 'value' ? typed(text, shape.types) : text);
    } else if (node.none && shape.kind === 'object') {
      const inner = objectOf(element, shape);
      if (Object.keys(inner).length > 0) setOwn(value, property, inner);
    } else if (shape.kind === 'list' && !shape.wrapped) {
      // An empty list has no elements.
      setOwn(value, property, listOf(element, shape));
    } else {
      const [own] = ownElements(element, node.name);
      if (own !== undefined) setOwn(value, property, readValue(own, shape));
    }
  }
  return value;
}

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

function typed(text: string, types: readonly string[]): unknown {
  const bare = text.trim();
  if (types.includes('number') || types.includes('integer')) {
    const value = NUMBER.test(bare) ? Number(bare) : Number.NaN;
    const isExact = !types.includes('integer') || Math.abs(value) <= Number.MAX_SAFE_INTEGER;
    if (Number.isFinite(value) && isExact) return value;
    // A number would lose digits, so the value is a bigint. The validator reports it if the contract declares a number.
    if (!isExact && /^[+-]?\d+$/.test(bare)) return BigInt(bare.replace('+', ''));
  }
  // XML Schema also writes booleans as 1 and 0.
  if (types.includes('boolean') && /^(true|1)$/.test(bare)) return true;
  if (types.includes('boolean') && /^(false|0)$/.test(bare)) return false;
  return text;
}

/** The value of an element without a schema: text, or an object of its elements. A repeated element becomes a list. */
function anyOf(element: Element): unknown {
  if (typeof element === 'string') return element;
  const value = {};
  for (const [name, found] of Object.entries(element)) {
    const items = Array.isArray(found) ? found.map((item) => anyOf(item as Element)) : [found];
    if (name !== '#' || String(found).trim() !== '')
      setOwn(value, name.replace(/^@/, ''), items.length > 1 ? items : items[0]);
  }
  return value;
}
