import {
  type FieldEncoding,
  type FieldEncodings,
  type OperationDescriptor,
  own,
  type PartsDescriptor,
  type XmlNode,
  type XmlRoots,
} from '@countersign/runtime/contract';
import { asCode } from './as-code.ts';
import type { Both, Tell } from './types.ts';

/** Compares how values are written as XML. The values themselves are compared by their schemas. */
export function compareXml({ before, after }: Both<OperationDescriptor>, tell: Tell): void {
  compareRoots('request', before.body?.xml, after.body?.xml, tell);
  for (const [mediaType, encodings] of Object.entries(after.body?.encodings ?? {}))
    compareFields('request', before.body?.encodings?.[mediaType], encodings, tell);
  for (const [mediaType, parts] of Object.entries(after.body?.parts ?? {}))
    comparePlaces('request', before.body?.parts?.[mediaType], parts, tell);
  for (const { status, xml, parts = {} } of after.responses) {
    const was = before.responses.find((response) => response.status === status);
    compareRoots(`response ${status}`, was?.xml, xml, tell);
    for (const [mediaType, each] of Object.entries(parts))
      comparePlaces(`response ${status}`, was?.parts?.[mediaType], each, tell);
  }
}

/** XML in the parts of multipart bodies, at any depth. */
function compareFields(where: string, before: FieldEncodings | undefined, after: FieldEncodings, tell: Tell): void {
  for (const [name, encoding] of Object.entries(after))
    comparePart(where, asCode(name), own(before, name), encoding, tell);
}

function comparePlaces(where: string, before: PartsDescriptor | undefined, after: PartsDescriptor, tell: Tell): void {
  if (before === undefined) return;
  for (const [place, encoding] of (after.prefix ?? []).entries())
    comparePart(where, String(place), before.prefix?.[place], encoding, tell);
  comparePart(where, 'of each item', before.item, after.item, tell);
}

function comparePart(
  where: string,
  name: string,
  before: FieldEncoding | undefined,
  after: FieldEncoding,
  tell: Tell,
): void {
  if (before === undefined) return;
  if (before.xml && after.xml && !writesAlike(before.xml, after.xml))
    tell('major', `${where}: the XML of the part ${name} is written differently`);
  if (after.fields) compareFields(where, before.fields, after.fields, tell);
  if (after.parts) comparePlaces(where, before.parts, after.parts, tell);
}

function compareRoots(where: string, before: XmlRoots | undefined, after: XmlRoots | undefined, tell: Tell): void {
  for (const [mediaType, node] of Object.entries(after ?? {})) {
    const was = before?.[mediaType];
    if (was && !writesAlike(was, node))
      tell('major', `${where}: the XML of ${asCode(mediaType)} is written differently`);
  }
}

/** For a reader, CDATA and escaped text are the same text. */
const placeOf = ({ name, namespace = '', attribute, text, none }: XmlNode): string =>
  JSON.stringify(text || none ? [text, none] : [name, namespace, attribute]);

/** Whether both write their common properties in the same way. */
function writesAlike(before: XmlNode, after: XmlNode): boolean {
  if (placeOf(before) !== placeOf(after)) return false;
  const [old, now] = [before.shape, after.shape];
  if (old.kind === 'list' && now.kind === 'list') return old.wrapped === now.wrapped && writesAlike(old.item, now.item);
  if (old.kind !== 'object' || now.kind !== 'object') return true;
  return Object.entries(now.properties).every(([name, node]) => {
    const was = Object.hasOwn(old.properties, name) ? old.properties[name] : undefined;
    return was === undefined || writesAlike(was, node);
  });
}
